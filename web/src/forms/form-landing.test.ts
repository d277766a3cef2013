import { describe, expect, it } from 'vitest';
import { toDraft } from './form-draft.ts';
import { formLandingAt, type Box } from './form-landing.ts';
import type { Pieces, Spot } from './form-moves.ts';

/** Page 1 with a section of two columns, the left one holding two items of 40 px, the right one nothing. */
const draft = toDraft(
  { pages: [{ sections: [{ columns: [{ items: [{ text: 'a' }, { text: 'b' }] }, { items: [] }] }] }] },
  (() => {
    let last = 0;
    return () => `i${(last += 1)}`;
  })(),
);
const [page] = draft.pages;
const [section] = page!.sections;
const [left, right] = section!.columns;
const [a, b] = left!.items;

function box(x: number, y: number, width: number, height: number): Box {
  return { left: x, right: x + width, top: y, bottom: y + height };
}
const boxes = new Map<string, Box>([
  ['canvas', box(0, 0, 400, 300)],
  [page!.id, box(0, 0, 400, 200)],
  [section!.id, box(0, 20, 400, 120)],
  [left!.id, box(0, 40, 200, 80)],
  [right!.id, box(200, 40, 200, 80)],
  [a!.id, box(0, 40, 200, 40)],
  [b!.id, box(0, 80, 200, 40)],
]);

function landing(x: number, y: number, kind: Pieces['kind']): Spot | undefined {
  return formLandingAt({ x, y }, { draft, kind, boxOf: (id) => boxes.get(id) })?.spot;
}

describe('what is dropped lands', () => {
  it.each<[string, number, number, Pieces['kind'], Spot]>([
    ['before an item, over its upper half', 50, 45, 'item', { kind: 'item', column: left!.id, index: 0 }],
    ['behind it, over its lower half', 50, 75, 'item', { kind: 'item', column: left!.id, index: 1 }],
    ['at the end, below all', 50, 290, 'item', { kind: 'item', column: left!.id, index: 2 }],
    ['in the empty column', 300, 100, 'item', { kind: 'item', column: right!.id, index: 0 }],
    ['before a section', 50, 30, 'section', { kind: 'section', page: page!.id, index: 0 }],
    ['behind a section', 50, 250, 'section', { kind: 'section', page: page!.id, index: 1 }],
    ['behind a page', 50, 150, 'page', { kind: 'page', index: 1 }],
  ])('%s', (_, x, y, kind, spot) => {
    expect(landing(x, y, kind)).toEqual(spot);
  });
});
