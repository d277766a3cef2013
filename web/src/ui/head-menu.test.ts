import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import type { GridColumn } from './grid-column.ts';
import { nextSort, sortedBy } from './grid-sort.ts';
import { changeOf, headMenu } from './head-menu.ts';

const column = (key: string, parts: Partial<GridColumn> = {}): GridColumn => ({
  key,
  label: key,
  width: 100,
  pinned: false,
  sortable: true,
  numeric: false,
  ...parts,
});
const [name, age, city] = [column('name', { pinned: true }), column('age'), column('city', { sortable: false })];
const columns = [name, age, city];

describe('the menu of a column', () => {
  it('offers what can be done, and says how it is sorted', () => {
    const told = (of: GridColumn, all = columns) =>
      headMenu(of, all, [{ key: 'age', descending: true }], en.grid)
        .filter(({ disabled }) => !disabled)
        .map(({ key, checked }) => (checked ? `${key}!` : key))
        .join(' ');
    expect(told(name)).toBe('ascending descending none! unpin wider narrower hide');
    expect(told(age)).toBe('ascending descending! none pin right wider narrower hide');
    expect(told(city)).toBe('pin left wider narrower hide');
    expect(told(city, [city])).toBe('pin wider narrower');
  });

  it('changes the columns, or only the order', () => {
    expect(changeOf('right', age, columns)).toEqual({ kind: 'MOVE', key: 'age', to: 'city' });
    expect(changeOf('left', age, columns)).toBeUndefined();
    expect(changeOf('unpin', name, columns)).toEqual({ kind: 'PIN', key: 'name', pinned: false });
    expect(changeOf('narrower', age, columns)).toEqual({ kind: 'WIDTH', key: 'age', width: 84 });
    expect(changeOf('hide', age, columns)).toEqual({ kind: 'HIDE', key: 'age' });
    expect(changeOf('descending', age, columns)).toBeUndefined();
  });
});

describe('a click on a head', () => {
  it('sorts by that column alone: up, down, and not at all', () => {
    const up = nextSort([{ key: 'city', descending: true }], 'age');
    const down = nextSort(up, 'age');
    expect([up, down, nextSort(down, 'age')]).toEqual([
      [{ key: 'age', descending: false }],
      [{ key: 'age', descending: true }],
      [],
    ]);
    expect([sortedBy(up, 'age'), sortedBy(down, 'age'), sortedBy(down, 'city')]).toEqual([
      'ascending',
      'descending',
      'none',
    ]);
  });
});
