import { formText, isFieldItem, type FormLayout, type Json, type Locale } from '@kequn/rules';
import type { TemplatePartsFragment } from '../api/generated/graphql.ts';

/** A page of the form of a template, as it is told before there is one. */
export interface OutlinedPage {
  readonly title: string;
  readonly sections: readonly OutlinedSection[];
}

/** A section with what it asks; conditional: it, or the page around it, is shown by a rule. */
export interface OutlinedSection {
  readonly title: string;
  readonly conditional: boolean;
  readonly items: readonly { readonly key: string; readonly label: string; readonly conditional: boolean }[];
}

/** What stands on the form of a template, in a language. */
export function outlineOf({ form, fields }: TemplatePartsFragment, locale: Locale): readonly OutlinedPage[] {
  const labels = new Map(fields.map(({ key, label }) => [key, label]));
  const { pages } = form.layout as Json as unknown as FormLayout;
  return pages.map((page) => ({
    title: formText(page.title, locale),
    sections: page.sections.map((section) => ({
      title: formText(section.title, locale),
      conditional: (page.visibleWhen ?? section.visibleWhen) !== undefined,
      items: section.columns
        .flatMap(({ items }) => items)
        .filter(isFieldItem)
        .map(({ field, visibleWhen }) => ({
          key: field,
          label: labels.get(field) ?? field,
          conditional: visibleWhen !== undefined,
        })),
    })),
  }));
}
