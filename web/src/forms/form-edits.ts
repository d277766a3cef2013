import { isFieldItem, type FormItem, type FormText, type Locale, type PictureWidth, type Rule } from '@kequn/rules';
import type { ColumnDraft, FormDraft, ItemDraft, PageDraft, SectionDraft } from './form-draft.ts';
import {
  formLimits,
  outermost,
  placedFields,
  replaced,
  replaceItems,
  replacePages,
  replaceSections,
} from './form-tree.ts';

/* Every edit of a form: the same draft where there is nothing to do, a new one otherwise. Undo is keeping the former one. */

/** A section without a title, of one empty column. */
export function newSection(newId: () => string): SectionDraft {
  return { id: newId(), columns: [{ id: newId(), items: [] }] };
}

/** A page without a title, of one empty section. */
export function newPage(newId: () => string): PageDraft {
  return { id: newId(), sections: [newSection(newId)] };
}

/** Puts a page before the one with this index, or at the end. */
export function addPage(draft: FormDraft, page: PageDraft, index: number): FormDraft {
  if (draft.pages.length >= formLimits.pages) return draft;
  return { ...draft, pages: draft.pages.toSpliced(index, 0, page) };
}

/** Puts a section on a page, before the one with this index, or at the end. */
export function addSection(draft: FormDraft, section: SectionDraft, pageId: string, index: number): FormDraft {
  return replacePages(draft, (page) => {
    if (page.id !== pageId || page.sections.length >= formLimits.sections) return [page];
    return [{ ...page, sections: page.sections.toSpliced(index, 0, section) }];
  });
}

/** Removes items, sections and pages together; a form keeps a page, which is emptied. */
export function removeParts(draft: FormDraft, ids: ReadonlySet<string>): FormDraft {
  const [first] = draft.pages;
  const pages = replacePages(draft, (page) => (ids.has(page.id) ? [] : [page]));
  if (pages.pages.length === 0 && first) return emptied(draft, first);
  const sections = replaceSections(pages, (section) => (ids.has(section.id) ? [] : [section]));
  return replaceItems(sections, (item) => (ids.has(item.id) ? [] : [item]));
}

function emptied(draft: FormDraft, { id, sections, ...rest }: PageDraft): FormDraft {
  const isEmpty = draft.pages.length === 1 && sections.length === 0 && Object.keys(rest).length === 0;
  return isEmpty ? draft : { ...draft, pages: [{ id, sections: [] }] };
}

/**
 * Puts a copy of each part behind it. A field stands on a form once, so copies are without fields; of a field alone there is none.
 */
export function duplicateParts(draft: FormDraft, ids: ReadonlySet<string>, newId: () => string): FormDraft {
  const chosen = new Set(outermost(draft, ids).map(({ id }) => id));
  const items = replaceItems(draft, (item) =>
    chosen.has(item.id) && !isFieldItem(item.item) ? [item, copyItem(item, newId)] : [item],
  );
  const sections = replaceSections(items, (section) =>
    chosen.has(section.id) ? [section, copySection(section, newId, withoutFields)] : [section],
  );
  const pages = replacePages(sections, (page) =>
    chosen.has(page.id) ? [page, copyPage(page, newId, withoutFields)] : [page],
  );
  return fits(pages) ? pages : draft;
}

/** Whether a form has no more parts than it may. */
export function fits({ pages }: FormDraft): boolean {
  return pages.length <= formLimits.pages && pages.every(({ sections }) => sections.length <= formLimits.sections);
}

function withoutFields({ item }: ItemDraft): boolean {
  return !isFieldItem(item);
}

function copyItem({ item }: ItemDraft, newId: () => string): ItemDraft {
  return { id: newId(), item };
}

/** A section like another with ids of its own, holding those of its items that are wanted. */
export function copySection(
  section: SectionDraft,
  newId: () => string,
  isWanted: (item: ItemDraft) => boolean,
): SectionDraft {
  const columns = section.columns.map((column) => ({
    ...column,
    id: newId(),
    items: column.items.filter(isWanted).map((item) => copyItem(item, newId)),
  }));
  return { ...section, id: newId(), columns };
}

/** A page like another with ids of its own, holding those of its items that are wanted. */
export function copyPage(page: PageDraft, newId: () => string, isWanted: (item: ItemDraft) => boolean): PageDraft {
  return {
    ...page,
    id: newId(),
    sections: page.sections.map((section) => copySection(section, newId, isWanted)),
  };
}

/** Gives a section so many columns; what stands in those that are taken away goes to the last one that stays. */
export function setColumns(draft: FormDraft, sectionId: string, count: number, newId: () => string): FormDraft {
  const wanted = Math.max(1, Math.min(formLimits.columns, count));
  return replaceSections(draft, (section) => {
    const { columns } = section;
    if (section.id !== sectionId || columns.length === wanted) return [section];
    if (columns.length > wanted) return [{ ...section, columns: joined(columns, wanted) }];
    const added = Array.from({ length: wanted - columns.length }, () => ({ id: newId(), items: [] }));
    return [{ ...section, columns: [...columns, ...added] }];
  });
}

function joined(columns: readonly ColumnDraft[], count: number): readonly ColumnDraft[] {
  const last = columns[count - 1] as ColumnDraft;
  const items = [last, ...columns.slice(count)].flatMap((column) => column.items);
  return [...columns.slice(0, count - 1), { ...last, items }];
}

/** What can be set of a page, a section or an item; undefined takes a setting away. */
export interface PartSettings {
  readonly title?: FormText | undefined;
  readonly text?: FormText | undefined;
  readonly label?: FormText | undefined;
  readonly help?: FormText | undefined;
  readonly picture?: string | undefined;
  readonly alt?: FormText | undefined;
  readonly width?: PictureWidth | undefined;
  readonly required?: boolean | undefined;
  readonly visibleWhen?: Rule | undefined;
  readonly requiredWhen?: Rule | undefined;
  readonly readOnlyWhen?: Rule | undefined;
  readonly default?: Rule | undefined;
  readonly compute?: Rule | undefined;
  readonly optionsWhen?: Readonly<Record<string, Rule>> | undefined;
}

/** The name of something that can be set of a part. */
export type SettingName = keyof PartSettings;

const ofGroups: readonly SettingName[] = ['title', 'visibleWhen'];
const ofFields: readonly SettingName[] = [
  'label',
  'help',
  'required',
  'visibleWhen',
  'requiredWhen',
  'readOnlyWhen',
  'default',
  'compute',
  'optionsWhen',
];

/** What can be set of an item: the words of a text, and what picture one is, are there always, so they are set but not taken away. */
function settingsOf(item: FormItem): readonly SettingName[] {
  if (isFieldItem(item)) return ofFields;
  if ('picture' in item) return ['picture', 'alt', 'width', 'visibleWhen'];
  return 'text' in item ? ['text', 'visibleWhen'] : ['visibleWhen'];
}

/** Changes what is set of a part; what cannot be set of it is left out. */
export function setPart(draft: FormDraft, id: string, settings: PartSettings): FormDraft {
  const pages = replacePages(draft, (page) => [page.id === id ? withSettings(page, settings, ofGroups) : page]);
  const sections = replaceSections(pages, (section) => [
    section.id === id ? withSettings(section, settings, ofGroups) : section,
  ]);
  return replaceItems(sections, (each) => {
    if (each.id !== id) return [each];
    const item = withSettings(each.item, settings, settingsOf(each.item));
    return [item === each.item ? each : { ...each, item }];
  });
}

function withSettings<T extends object>(part: T, settings: PartSettings, names: readonly SettingName[]): T {
  const asked = names.filter((name) => Object.hasOwn(settings, name));
  const before = part as PartSettings;
  const changed = asked.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(settings[name]));
  if (changed.length === 0) return part;
  const kept = Object.entries({ ...part, ...Object.fromEntries(changed.map((name) => [name, settings[name]])) });
  return Object.fromEntries(
    kept.filter(([name, value]) => value !== undefined || name === 'text' || name === 'picture'),
  ) as T;
}

/**
 * A text with the words of one language set; undefined where no words are left. A text that was the same in every language stays so in
 * the others.
 */
export function wordsIn(text: FormText | undefined, locale: Locale, words: string): FormText | undefined {
  const byLocale = typeof text === 'string' ? { 'zh-CN': text, en: text } : text;
  const said = Object.entries({ ...byLocale, [locale]: words }).filter(([, each]) => each !== '');
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/** The words of a text in one language; empty where there are none in it. */
export function ownWords(text: FormText | undefined, locale: Locale): string {
  return typeof text === 'string' ? text : (text?.[locale] ?? '');
}

/** Items that can be put on a form: without fields that stand on it already, or twice among them. */
export function newOnForm(draft: FormDraft, items: readonly ItemDraft[]): readonly ItemDraft[] {
  const placed = new Set(placedFields(draft));
  return replaced(items, (each) => {
    if (!isFieldItem(each.item)) return [each];
    if (placed.has(each.item.field)) return [];
    placed.add(each.item.field);
    return [each];
  });
}
