import { expect, it } from 'vitest';
import { blockBetween, cellsOf, isWithin } from './block.ts';

const size = { rows: 3, columns: 2 };
type Place = [row: number, column: number];
const between = (one: Place, other: Place) =>
  blockBetween({ row: one[0], column: one[1] }, { row: other[0], column: other[1] }, size);

it.each([
  ['one cell', [2, 1], [2, 1], [[2, 1]]],
  [
    'two corners in any order',
    [3, 2],
    [2, 1],
    [
      [2, 1],
      [2, 2],
      [3, 1],
      [3, 2],
    ],
  ],
  [
    'a head of a column',
    [0, 2],
    [0, 2],
    [
      [1, 2],
      [2, 2],
      [3, 2],
    ],
  ],
  [
    'a head of a row',
    [2, 0],
    [2, 0],
    [
      [2, 1],
      [2, 2],
    ],
  ],
] satisfies [string, Place, Place, Place[]][])('%s spans', (_, one, other, cells) => {
  const block = between(one, other);
  expect(cellsOf(block).map(({ row, column }) => [row, column])).toEqual(cells);
  expect(isWithin({ row: 1, column: 1 }, block)).toBe(cells.some(([row, column]) => row === 1 && column === 1));
});
