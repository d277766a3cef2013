import { isFieldItem, isPictureItem } from '@kequn/rules';
import type { DraftType } from '../fields/field-draft.ts';
import { pageDraft, sectionDraft, toPage, toSection, type FormDraft, type ItemDraft } from './form-draft.ts';
import { copyPage, copySection, newPage, newSection } from './form-edits.ts';
import { insertBehind, insertPieces, piecesOf, type Pieces } from './form-moves.ts';
import { itemsOf, pageOfSection, partOf, placedFields, placeOfItem } from './form-tree.ts';

/** By this a text in the clipboard is known as parts of a form. */
const mark = 'kequn-form';

/** Some parts of a form as a text for the clipboard; undefined where none is chosen. */
export function copyParts(draft: FormDraft, ids: ReadonlySet<string>): string | undefined {
  const pieces = piecesOf(draft, ids);
  if (!pieces) return undefined;
  return JSON.stringify({ [mark]: pieces.kind, parts: written(pieces) });
}

function written(pieces: Pieces): readonly unknown[] {
  if (pieces.kind === 'item') return pieces.parts.map(({ item }) => item);
  return pieces.kind === 'section' ? pieces.parts.map(toSection) : pieces.parts.map(toPage);
}

/** The parts that a text is; undefined where it is none. */
export function readParts(text: string, newId: () => string): Pieces | undefined {
  try {
    const { [mark]: kind, parts } = JSON.parse(text) as Record<string, unknown>;
    if (!Array.isArray(parts)) return undefined;
    if (kind === 'item') return { kind, parts: parts.filter(isItem).map((item) => ({ id: newId(), item })) };
    if (kind === 'section') return { kind, parts: parts.map((part) => sectionDraft(part, newId)) };
    return kind === 'page' ? { kind, parts: parts.map((part) => pageDraft(part, newId)) } : undefined;
  } catch {
    return undefined;
  }
}

function isItem(item: unknown): item is ItemDraft['item'] {
  return (
    typeof item === 'object' && item !== null && ['field', 'text', 'divider', 'picture'].some((kind) => kind in item)
  );
}

/** The ids of the pictures among parts that the form does not show: they may be of another one. */
export function foreignPictures(draft: FormDraft, pieces: Pieces): readonly string[] {
  const shown = new Set(itemsOf(draft).flatMap(pictureOf));
  const named = new Set(itemsIn(pieces).flatMap(pictureOf));
  return [...named].filter((id) => !shown.has(id));
}

function pictureOf({ item }: ItemDraft): readonly string[] {
  return isPictureItem(item) && item.picture !== '' ? [item.picture] : [];
}

/** What became of a paste. */
export interface Pasted {
  readonly draft: FormDraft;
  /** The ids of what is new on the form. */
  readonly ids: readonly string[];
  /** The keys of fields that were left out, since they stand on the form already. */
  readonly skipped: readonly string[];
}

/** Puts parts behind another; fields that stand on the form already are left out. */
export function pasteParts(draft: FormDraft, pieces: Pieces, at: string | undefined, newId: () => string): Pasted {
  const placed = placedFields(draft);
  const isNew = ({ item }: ItemDraft): boolean => !isFieldItem(item) || !placed.has(item.field);
  const skipped = itemsIn(pieces).flatMap(({ item }) =>
    isFieldItem(item) && placed.has(item.field) ? [item.field] : [],
  );
  const kept = withItems(pieces, isNew, newId);
  return { draft: insertAt(draft, kept, at, newId), ids: kept.parts.map(({ id }) => id), skipped };
}

function itemsIn(pieces: Pieces): readonly ItemDraft[] {
  if (pieces.kind === 'item') return pieces.parts;
  const sections = pieces.kind === 'section' ? pieces.parts : pieces.parts.flatMap((page) => page.sections);
  return sections.flatMap(({ columns }) => columns.flatMap(({ items }) => items));
}

function withItems(pieces: Pieces, isWanted: (item: ItemDraft) => boolean, newId: () => string): Pieces {
  if (pieces.kind === 'item') return { kind: 'item', parts: pieces.parts.filter(isWanted) };
  return pieces.kind === 'section'
    ? { kind: 'section', parts: pieces.parts.map((part) => copySection(part, newId, isWanted)) }
    : { kind: 'page', parts: pieces.parts.map((part) => copyPage(part, newId, isWanted)) };
}

function insertAt(draft: FormDraft, pieces: Pieces, at: string | undefined, newId: () => string): FormDraft {
  if (pieces.kind === 'item') return insertBehind(draft, pieces.parts, at, newId);
  const section = sectionAt(draft, at);
  const page =
    (section && pageOfSection(draft, section)) ?? draft.pages.find(({ id }) => id === at) ?? draft.pages.at(-1);
  if (!page) return draft;
  if (pieces.kind === 'page')
    return insertPieces(draft, pieces, { kind: 'page', index: draft.pages.indexOf(page) + 1 });
  const before = section === undefined ? page.sections.length : page.sections.findIndex(({ id }) => id === section) + 1;
  return insertPieces(draft, pieces, { kind: 'section', page: page.id, index: before });
}

/** The section that a part is or stands in. */
function sectionAt(draft: FormDraft, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  return partOf(draft, id)?.kind === 'section' ? id : placeOfItem(draft, id)?.section.id;
}

/** What the palette offers besides fields. */
export const layoutParts = ['text', 'picture', 'divider', 'section', 'page'] as const;

/** Something that is put on a form anew: a field by its key, or a part of the layout. */
export type NewPart =
  { readonly kind: 'field'; readonly key: string } | { readonly kind: (typeof layoutParts)[number] };

/** A field that is yet to be made. */
export interface FieldOfType {
  readonly kind: 'newField';
  readonly type: DraftType;
}

/** A new part with nothing set yet. */
export function newPieces(part: NewPart, newId: () => string): Pieces {
  switch (part.kind) {
    case 'field':
      return { kind: 'item', parts: [{ id: newId(), item: { field: part.key } }] };
    case 'text':
      return { kind: 'item', parts: [{ id: newId(), item: { text: '' } }] };
    case 'picture':
      return { kind: 'item', parts: [{ id: newId(), item: { picture: '' } }] };
    case 'divider':
      return { kind: 'item', parts: [{ id: newId(), item: { divider: true } }] };
    case 'section':
      return { kind: 'section', parts: [newSection(newId)] };
    case 'page':
      return { kind: 'page', parts: [newPage(newId)] };
  }
}
