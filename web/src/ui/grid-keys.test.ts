import { expect, it } from 'vitest';
import { cellAfterKey } from './grid-keys.ts';
import { moved } from './moved.ts';

const size = { rows: 100, columns: 5, page: 10 };
const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

it.each([
  ['ArrowDown', {}, [3, 2], [4, 2]],
  ['ArrowUp', {}, [0, 2], [0, 2]],
  ['ArrowRight', {}, [3, 4], [3, 4]],
  ['ArrowLeft', {}, [3, 2], [3, 1]],
  ['Home', {}, [3, 2], [3, 0]],
  ['End', {}, [3, 2], [3, 4]],
  ['Home', { ctrlKey: true }, [3, 2], [0, 0]],
  ['End', { metaKey: true }, [3, 2], [99, 4]],
  ['PageDown', {}, [95, 2], [99, 2]],
  ['PageUp', {}, [15, 2], [5, 2]],
  ['ArrowDown', { ctrlKey: true }, [3, 2], [99, 2]],
])('%s %j leads from %j to %j', (key, held, [row, column], [toRow, toColumn]) => {
  const from = { row: row!, column: column! };
  expect(cellAfterKey(from, { key, ...none, ...held }, size)).toEqual({ row: toRow, column: toColumn });
});

it('leaves other keys, and those with Shift or Alt, alone', () => {
  for (const event of [
    { key: 'a', ...none },
    { key: 'ArrowLeft', ...none, altKey: true },
    { key: 'ArrowLeft', ...none, shiftKey: true },
  ])
    expect(cellAfterKey({ row: 1, column: 1 }, event, size)).toBeUndefined();
});

it('moves an item to a place, at most to an end', () => {
  const list = ['a', 'b', 'c', 'd'];
  expect(moved(list, 0, 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(list, 3, -5)).toEqual(['d', 'a', 'b', 'c']);
  expect(moved(list, 1, 9)).toEqual(['a', 'c', 'd', 'b']);
  expect(moved(list, 1, 1)).toBe(list);
  expect(moved(list, 7, 1)).toBe(list);
});
