import type { FormColumn, FormItem, FormLayout, FormPage, FormSection } from '@kequn/rules';

/* A layout while it is edited: each part has an id, so that it stays itself wherever it goes. Values of these types never change; an edit makes new ones. */

/** A layout under edit. */
export interface FormDraft {
  readonly pages: readonly PageDraft[];
}

/** A page under edit. */
export interface PageDraft extends Omit<FormPage, 'sections'> {
  readonly id: string;
  readonly sections: readonly SectionDraft[];
}

/** A section under edit. */
export interface SectionDraft extends Omit<FormSection, 'columns'> {
  readonly id: string;
  readonly columns: readonly ColumnDraft[];
}

/** A column under edit. */
export interface ColumnDraft extends Omit<FormColumn, 'items'> {
  readonly id: string;
  readonly items: readonly ItemDraft[];
}

/** Something on a form under edit. */
export interface ItemDraft {
  readonly id: string;
  readonly item: FormItem;
}

/** What can be chosen, moved and removed as one. */
export type PartDraft =
  | { readonly kind: 'page'; readonly id: string; readonly part: PageDraft }
  | { readonly kind: 'section'; readonly id: string; readonly part: SectionDraft }
  | { readonly kind: 'item'; readonly id: string; readonly part: ItemDraft };

/** A layout to be edited. */
export function toDraft(layout: FormLayout, newId: () => string): FormDraft {
  return { ...layout, pages: layout.pages.map((page) => pageDraft(page, newId)) };
}

/** A page to be edited. */
export function pageDraft(page: FormPage, newId: () => string): PageDraft {
  return { ...page, id: newId(), sections: page.sections.map((section) => sectionDraft(section, newId)) };
}

/** A section to be edited. */
export function sectionDraft(section: FormSection, newId: () => string): SectionDraft {
  const columns = section.columns.map((column) => ({
    ...column,
    id: newId(),
    items: column.items.map((item) => ({ id: newId(), item })),
  }));
  return { ...section, id: newId(), columns };
}

/** The layout that a draft is. */
export function toLayout(draft: FormDraft): FormLayout {
  return { ...draft, pages: draft.pages.map(toPage) };
}

/** The page that a draft of one is. */
export function toPage({ id: _id, ...page }: PageDraft): FormPage {
  return { ...page, sections: page.sections.map(toSection) };
}

/** The section that a draft of one is. */
export function toSection({ id: _id, ...section }: SectionDraft): FormSection {
  const columns = section.columns.map(({ id: _column, ...column }) => ({
    ...column,
    items: column.items.map(({ item }) => item),
  }));
  return { ...section, columns };
}

/** A layout with nothing on it yet. */
export const emptyLayout: FormLayout = { pages: [{ sections: [{ columns: [{ items: [] }] }] }] };
