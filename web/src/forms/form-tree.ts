import { isFieldItem } from '@kequn/rules';
import type { ColumnDraft, FormDraft, ItemDraft, PageDraft, PartDraft, SectionDraft } from './form-draft.ts';

/* What edits of a form are made of. Parts that are not touched stay the same objects. */

/** So much the server takes: pages of a form, sections of a page, columns of a section. */
export const formLimits = { pages: 50, sections: 100, columns: 4 } as const;

/** Where an item stands; places count from 0. */
export interface ItemPlace {
  readonly page: PageDraft;
  readonly section: SectionDraft;
  readonly column: ColumnDraft;
  readonly index: number;
}

/** Every column in reading order, with what is around it. */
export function columnsOf({ pages }: FormDraft): readonly Omit<ItemPlace, 'index'>[] {
  return pages.flatMap((page) =>
    page.sections.flatMap((section) => section.columns.map((column) => ({ page, section, column }))),
  );
}

/** Every item in reading order. */
export function itemsOf(draft: FormDraft): readonly ItemDraft[] {
  return columnsOf(draft).flatMap(({ column }) => column.items);
}

/** Every page, section and item in reading order, the outer before the inner. */
export function partsOfDraft({ pages }: FormDraft): readonly PartDraft[] {
  return pages.flatMap((page): readonly PartDraft[] => [
    { kind: 'page', id: page.id, part: page },
    ...page.sections.flatMap(partsOfSection),
  ]);
}

function partsOfSection(section: SectionDraft): readonly PartDraft[] {
  const items = section.columns.flatMap((column) => column.items);
  return [
    { kind: 'section', id: section.id, part: section },
    ...items.map((part): PartDraft => ({ kind: 'item', id: part.id, part })),
  ];
}

/** The part with an id. */
export function partOf(draft: FormDraft, id: string): PartDraft | undefined {
  return partsOfDraft(draft).find((part) => part.id === id);
}

/** Where an item stands; undefined for what is no item of the form. */
export function placeOfItem(draft: FormDraft, id: string): ItemPlace | undefined {
  for (const around of columnsOf(draft)) {
    const index = around.column.items.findIndex((item) => item.id === id);
    if (index !== -1) return { ...around, index };
  }
  return undefined;
}

/** The page that a section stands on. */
export function pageOfSection({ pages }: FormDraft, id: string): PageDraft | undefined {
  return pages.find(({ sections }) => sections.some((section) => section.id === id));
}

/** The keys of the fields that stand on a form. */
export function placedFields(draft: FormDraft): ReadonlySet<string> {
  return new Set(itemsOf(draft).flatMap(({ item }) => (isFieldItem(item) ? [item.field] : [])));
}

/** A list with each part replaced by none, itself or others; the same list where nothing is replaced. */
export function replaced<T>(list: readonly T[], replace: (part: T) => readonly T[]): readonly T[] {
  const next = list.flatMap((part) => replace(part));
  const isSame = next.length === list.length && next.every((part, index) => part === list[index]);
  return isSame ? list : next;
}

/** The draft with its pages replaced. */
export function replacePages(draft: FormDraft, replace: (page: PageDraft) => readonly PageDraft[]): FormDraft {
  const pages = replaced(draft.pages, replace);
  return pages === draft.pages ? draft : { ...draft, pages };
}

/** The draft with its sections replaced, on whichever page. */
export function replaceSections(
  draft: FormDraft,
  replace: (section: SectionDraft) => readonly SectionDraft[],
): FormDraft {
  return replacePages(draft, (page) => {
    const sections = replaced(page.sections, replace);
    return [sections === page.sections ? page : { ...page, sections }];
  });
}

/** The draft with each column changed. */
export function changeColumns(draft: FormDraft, change: (column: ColumnDraft) => ColumnDraft): FormDraft {
  return replaceSections(draft, (section) => {
    const columns = replaced(section.columns, (column) => [change(column)]);
    return [columns === section.columns ? section : { ...section, columns }];
  });
}

/** The draft with its items replaced, in whichever column. */
export function replaceItems(draft: FormDraft, replace: (item: ItemDraft) => readonly ItemDraft[]): FormDraft {
  return changeColumns(draft, (column) => {
    const items = replaced(column.items, replace);
    return items === column.items ? column : { ...column, items };
  });
}

/** Of some ids those of parts that stand in no other of them, in reading order: what is moved, copied or removed together. */
export function outermost(draft: FormDraft, ids: ReadonlySet<string>): readonly PartDraft[] {
  return draft.pages.flatMap((page): readonly PartDraft[] =>
    ids.has(page.id)
      ? [{ kind: 'page', id: page.id, part: page }]
      : page.sections.flatMap((section) => {
          const [whole, ...items] = partsOfSection(section) as [PartDraft, ...PartDraft[]];
          return ids.has(section.id) ? [whole] : items.filter(({ id }) => ids.has(id));
        }),
  );
}
