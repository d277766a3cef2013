import type { FormDraft, ItemDraft, PageDraft, PartDraft, SectionDraft } from './form-draft.ts';
import { addPage, addSection, fits, newOnForm, newSection, removeParts } from './form-edits.ts';
import { changeColumns, columnsOf, formLimits, outermost, pageOfSection, placeOfItem } from './form-tree.ts';

/* Moving is putting parts somewhere else; where that is may be told by the mouse, by a key or by a menu. */

/** A place on a form: before the part with this index, as they stand before the move. */
export type Spot =
  | { readonly kind: 'item'; readonly column: string; readonly index: number }
  | { readonly kind: 'section'; readonly page: string; readonly index: number }
  | { readonly kind: 'page'; readonly index: number };

/** One step of what is moved by keys: in reading order, or to the column beside. */
export type Direction = 'up' | 'down' | 'left' | 'right';

/** Parts of one kind that go together. */
export type Pieces =
  | { readonly kind: 'item'; readonly parts: readonly ItemDraft[] }
  | { readonly kind: 'section'; readonly parts: readonly SectionDraft[] }
  | { readonly kind: 'page'; readonly parts: readonly PageDraft[] };

/** Puts new parts where they land; fields that stand on the form already are left out. */
export function insertPieces(draft: FormDraft, pieces: Pieces, spot: Spot): FormDraft {
  const after = put(draft, pieces, spot);
  return fits(after) ? after : draft;
}

function put(draft: FormDraft, pieces: Pieces, spot: Spot): FormDraft {
  if (pieces.kind === 'item' && spot.kind === 'item') return putItems(draft, newOnForm(draft, pieces.parts), spot);
  if (pieces.kind === 'section' && spot.kind === 'section')
    return pieces.parts.reduce((now, part, at) => addSection(now, part, spot.page, spot.index + at), draft);
  if (pieces.kind === 'page' && spot.kind === 'page')
    return pieces.parts.reduce((now, part, at) => addPage(now, part, spot.index + at), draft);
  return draft;
}

function putItems(draft: FormDraft, items: readonly ItemDraft[], spot: Spot & { kind: 'item' }): FormDraft {
  if (items.length === 0) return draft;
  return changeColumns(draft, (column) =>
    column.id === spot.column ? { ...column, items: column.items.toSpliced(spot.index, 0, ...items) } : column,
  );
}

/** The parts of some ids that can be moved together: those of the kind of the first, in reading order. */
export function piecesOf(draft: FormDraft, ids: ReadonlySet<string>): Pieces | undefined {
  const parts = outermost(draft, ids);
  const kind = parts[0]?.kind;
  if (!kind) return undefined;
  const alike = parts.filter((part) => part.kind === kind).map(({ part }) => part);
  return { kind, parts: alike } as Pieces;
}

/** Moves parts together; the draft stays where they cannot land there, and the same where nothing changes. */
export function moveTo(draft: FormDraft, ids: ReadonlySet<string>, spot: Spot): FormDraft {
  const pieces = piecesOf(draft, ids);
  if (!pieces || pieces.kind !== spot.kind) return draft;
  const moving = new Set(pieces.parts.map(({ id }) => id));
  const without = taken(draft, moving);
  const after = put(without, pieces, { ...spot, index: spot.index - movingBefore(draft, moving, spot) });
  if (after === without || !fits(after)) return draft;
  return isSameOrder(draft, after) ? draft : after;
}

/** The draft without some parts; unlike what is removed, the last page may go, for it comes back elsewhere. */
function taken(draft: FormDraft, ids: ReadonlySet<string>): FormDraft {
  const pages = draft.pages.filter(({ id }) => !ids.has(id));
  return pages.length < draft.pages.length ? { ...draft, pages } : removeParts(draft, ids);
}

/** How many of what moves stand before a spot in its own list: they are gone when the others are counted. */
function movingBefore(draft: FormDraft, moving: ReadonlySet<string>, spot: Spot): number {
  return listAt(draft, spot)
    .slice(0, spot.index)
    .filter(({ id }) => moving.has(id)).length;
}

function listAt(draft: FormDraft, spot: Spot): readonly { readonly id: string }[] {
  if (spot.kind === 'page') return draft.pages;
  if (spot.kind === 'section') return draft.pages.find(({ id }) => id === spot.page)?.sections ?? [];
  return columnsOf(draft).find(({ column }) => column.id === spot.column)?.column.items ?? [];
}

function isSameOrder(a: FormDraft, b: FormDraft): boolean {
  const order = ({ pages }: FormDraft): string =>
    JSON.stringify(
      pages.map(({ id, sections }) => [
        id,
        sections.map((section) => [section.id, section.columns.map(({ items }) => items.map((item) => item.id))]),
      ]),
    );
  return order(a) === order(b);
}

/** Moves parts by one step, gathered at the first of them; they stay where there is nowhere to go. */
export function moveBy(draft: FormDraft, ids: ReadonlySet<string>, direction: Direction): FormDraft {
  const pieces = piecesOf(draft, ids);
  const first = pieces?.parts[0];
  if (!pieces || !first) return draft;
  const moving = new Set(pieces.parts.map(({ id }) => id));
  const gathered = moveTo(draft, moving, spotBefore(draft, pieces.kind, first.id));
  const spot = nextSpot(gathered, { kind: pieces.kind, first: first.id, count: pieces.parts.length }, direction);
  return spot ? moveTo(gathered, moving, spot) : gathered;
}

/** The spot before a part. */
function spotBefore(draft: FormDraft, kind: PartDraft['kind'], id: string): Spot {
  if (kind === 'page') return { kind, index: draft.pages.findIndex((page) => page.id === id) };
  if (kind === 'section') {
    const page = pageOfSection(draft, id) as PageDraft;
    return { kind, page: page.id, index: page.sections.findIndex((section) => section.id === id) };
  }
  const place = placeOfItem(draft, id);
  return { kind, column: place?.column.id ?? '', index: place?.index ?? 0 };
}

/** Parts that stand one behind the other. */
interface Block {
  readonly kind: PartDraft['kind'];
  readonly first: string;
  readonly count: number;
}

function nextSpot(draft: FormDraft, block: Block, direction: Direction): Spot | undefined {
  if (block.kind === 'item') return nextItemSpot(draft, block, direction);
  if (direction === 'left' || direction === 'right') return undefined;
  return block.kind === 'section'
    ? nextSectionSpot(draft, block, direction)
    : nextIndex(draft.pages.length, spotBefore(draft, 'page', block.first).index, block.count, direction, (index) => ({
        kind: 'page',
        index,
      }));
}

/** One step within a list; undefined where that would leave it. */
function nextIndex(
  length: number,
  at: number,
  count: number,
  direction: Direction,
  spot: (index: number) => Spot,
): Spot | undefined {
  if (direction === 'up') return at > 0 ? spot(at - 1) : undefined;
  return at + count < length ? spot(at + count + 1) : undefined;
}

function nextItemSpot(draft: FormDraft, { first, count }: Block, direction: Direction): Spot | undefined {
  const place = placeOfItem(draft, first);
  if (!place) return undefined;
  const { section, column, index } = place;
  if (direction === 'left' || direction === 'right') {
    const beside = section.columns[section.columns.indexOf(column) + (direction === 'left' ? -1 : 1)];
    return beside && { kind: 'item', column: beside.id, index: Math.min(index, beside.items.length) };
  }
  const within = nextIndex(column.items.length, index, count, direction, (at) => ({
    kind: 'item',
    column: column.id,
    index: at,
  }));
  if (within) return within;
  const all = columnsOf(draft);
  const next = all[all.findIndex((each) => each.column.id === column.id) + (direction === 'up' ? -1 : 1)]?.column;
  return next && { kind: 'item', column: next.id, index: direction === 'up' ? next.items.length : 0 };
}

function nextSectionSpot(draft: FormDraft, { first, count }: Block, direction: 'up' | 'down'): Spot | undefined {
  const page = pageOfSection(draft, first) as PageDraft;
  const at = page.sections.findIndex(({ id }) => id === first);
  const within = nextIndex(page.sections.length, at, count, direction, (index) => ({
    kind: 'section',
    page: page.id,
    index,
  }));
  if (within) return within;
  const next = draft.pages[draft.pages.indexOf(page) + (direction === 'up' ? -1 : 1)];
  if (!next || next.sections.length + count > formLimits.sections) return undefined;
  return { kind: 'section', page: next.id, index: direction === 'up' ? next.sections.length : 0 };
}

/** The spot of an item behind a part: behind an item, at the end of a section or a page, or of the form. Undefined where there is no section. */
function spotBehind(draft: FormDraft, id: string | undefined): Spot | undefined {
  const place = id === undefined ? undefined : placeOfItem(draft, id);
  if (place) return { kind: 'item', column: place.column.id, index: place.index + 1 };
  const columns = columnsOf(draft);
  const within = columns.filter(({ page, section }) => page.id === id || section.id === id);
  const inSection = within.find(({ section }) => section.id === id);
  const last = inSection ?? (within.length > 0 ? within : id === undefined ? columns : within).at(-1);
  return last && { kind: 'item', column: last.column.id, index: last.column.items.length };
}

/** Puts items behind a part; a page without a section gets one for them. */
export function insertBehind(
  draft: FormDraft,
  items: readonly ItemDraft[],
  id: string | undefined,
  newId: () => string,
): FormDraft {
  const parts = newOnForm(draft, items);
  if (parts.length === 0) return draft;
  const spot = spotBehind(draft, id);
  if (spot) return insertPieces(draft, { kind: 'item', parts }, spot);
  const page = draft.pages.find((each) => each.id === id) ?? draft.pages.at(-1);
  if (!page) return draft;
  const section = newSection(newId);
  return addSection(draft, { ...section, columns: [{ id: section.columns[0]!.id, items: parts }] }, page.id, 0);
}
