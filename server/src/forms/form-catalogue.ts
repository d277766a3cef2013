import { isFieldItem, partsOf, type Catalogue, type FormCatalogue, type FormItem, type FormLayout } from '@kequn/rules';
import type { FieldCatalogue } from '../fields/catalogue.ts';

/** What forms may name: the fields of a catalogue of rules, and the formulas of those among them. */
export function formCatalogue({ formulas }: FieldCatalogue, rules: Catalogue): FormCatalogue {
  const known = formulas.levels.flat().filter(({ field }) => rules.fields.has(field.key));
  return { ...rules, formulas: new Map(known.map(({ field, node }) => [field.key, node])) };
}

/** The keys of the fields that a layout places. */
export function placedKeys(layout: FormLayout): readonly string[] {
  return partsOf(layout).flatMap(({ part }) => (isFieldItem(part) ? [part.field] : []));
}

/** A layout with those of its items alone that are asked for; pages and sections stay. */
export function withItems(layout: FormLayout, isWanted: (item: FormItem) => boolean): FormLayout {
  return mapItems(layout, (item) => (isWanted(item) ? [item] : []));
}

/** A layout with something else, or nothing, in the place of each item. */
export function mapItems(layout: FormLayout, make: (item: FormItem) => readonly FormItem[]): FormLayout {
  const pages = layout.pages.map((page) => ({
    ...page,
    sections: page.sections.map((section) => ({
      ...section,
      columns: section.columns.map((column) => ({ ...column, items: column.items.flatMap(make) })),
    })),
  }));
  return { ...layout, pages };
}
