import { formText, isFieldItem, labelOf, type Catalogue, type FormText, type Locale } from '@kequn/rules';
import { useFormat, type Format } from '../i18n/format.ts';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Messages } from '../i18n/zh-CN.ts';
import type { FormDraft, ItemDraft, PartDraft } from './form-draft.ts';
import { outermost, pageOfSection, partOf, placeOfItem } from './form-tree.ts';

/** How the parts of a form are spoken of. */
export interface PartWords {
  /** A part by its title, its label or its words; by its number where it has none. */
  name(draft: FormDraft, id: string): string;
  /** An item by its label or its words. */
  nameOfItem(item: ItemDraft): string;
  /** Several parts by the first of them. */
  nameOfAll(draft: FormDraft, ids: ReadonlySet<string>): string;
  /** Where a part stands. */
  place(draft: FormDraft, id: string): string;
  /** A page by its title or its number, which counts from 0. */
  nameOfPage(title: FormText | undefined, index: number): string;
  nameOfSection(title: FormText | undefined, index: number): string;
}

/** So much of a text is told. */
const EXCERPT = 24;

/** Speaks of the parts of a form in the reader's language. */
export function usePartWords(catalogue: () => Catalogue): PartWords {
  const t = useMessages();
  const format = useFormat();

  const nameOfItem = (item: ItemDraft): string => nameItem(item, catalogue(), t.value, locale.value);
  const nameOfPage: PartWords['nameOfPage'] = (title, index) =>
    formText(title, locale.value) || t.value.forms.part.page(format.value.number(index + 1));
  const nameOfSection: PartWords['nameOfSection'] = (title, index) =>
    formText(title, locale.value) || t.value.forms.part.section(format.value.number(index + 1));

  function nameOf(draft: FormDraft, found: PartDraft): string {
    if (found.kind === 'item') return nameOfItem(found.part);
    if (found.kind === 'page') return nameOfPage(found.part.title, draft.pages.indexOf(found.part));
    const page = pageOfSection(draft, found.id);
    return nameOfSection(found.part.title, page?.sections.indexOf(found.part) ?? 0);
  }

  const name: PartWords['name'] = (draft, id) => {
    const found = partOf(draft, id);
    return found ? nameOf(draft, found) : '';
  };

  return {
    name,
    nameOfItem,
    nameOfPage,
    nameOfSection,
    nameOfAll(draft, ids) {
      const [first, ...others] = outermost(draft, ids);
      if (!first) return '';
      return others.length === 0 ? nameOf(draft, first) : t.value.forms.part.and(nameOf(draft, first), others.length);
    },
    place: (draft, id) => placeIn(draft, id, { name, words: t.value.forms.part, format: format.value }),
  };
}

function nameItem({ item }: ItemDraft, catalogue: Catalogue, t: Messages, language: Locale): string {
  const { part } = t.forms;
  if (isFieldItem(item)) {
    const field = catalogue.fields.get(item.field);
    return formText(item.label, language) || (field ? labelOf(field, language) : item.field);
  }
  if ('divider' in item) return part.divider;
  const words = excerptOf(formText('text' in item ? item.text : item.alt, language).trim());
  if ('picture' in item) return words ? part.picture(words) : part.pictureUntold;
  return words ? part.text(words) : part.textEmpty;
}

function excerptOf(words: string): string {
  return words.length > EXCERPT ? `${words.slice(0, EXCERPT)}…` : words;
}

function placeIn(
  draft: FormDraft,
  id: string,
  { name, words, format }: { name: PartWords['name']; words: Messages['forms']['part']; format: Format },
): string {
  const said = (index: number): string => format.number(index + 1);
  const count = (list: readonly unknown[]): string => format.number(list.length);
  const at = draft.pages.findIndex((page) => page.id === id);
  if (at !== -1) return words.placeOfPage(said(at), count(draft.pages));
  const page = pageOfSection(draft, id);
  if (page) {
    const index = page.sections.findIndex((section) => section.id === id);
    return words.placeOfSection(said(index), count(page.sections), name(draft, page.id));
  }
  const place = placeOfItem(draft, id);
  if (!place) return '';
  const column = said(place.section.columns.indexOf(place.column));
  const around = [name(draft, place.section.id), name(draft, place.page.id)] as const;
  return words.placeOfItem(said(place.index), count(place.column.items), column, ...around);
}
