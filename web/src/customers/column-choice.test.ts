import { describe, expect, it } from 'vitest';
import { arranged, chosenColumns, usualChoice, withPinned, withShown, withWidth } from './column-choice.ts';
import type { CustomerColumn } from './columns.ts';

const column = (key: string, system = false): CustomerColumn => ({
  key,
  label: key.toUpperCase(),
  labels: {},
  numeric: false,
  sortable: key !== 'secret',
  system,
  usualWidth: 150,
});
const all = [
  ...['name', ...Array.from({ length: 20 }, (_, n) => `f${n}`), 'secret'].map((key) => column(key)),
  ...['owner', 'created_at', 'updated_at'].map((key) => column(key, true)),
];
const keys = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key);

describe('the columns of a list', () => {
  it('are at first who it is, a dozen fields, the owner and when it changed', () => {
    const usual = usualChoice(all);
    expect(keys(usual)).toEqual(['name', ...Array.from({ length: 12 }, (_, n) => `f${n}`), 'owner', 'updated_at']);
    expect(usual.filter(({ pinned }) => pinned)).toEqual([{ key: 'name', width: null, pinned: true }]);
  });

  it('are those chosen that there are, pinned ones first, sortable only by what may be read', () => {
    const choice = [
      { key: 'f1', width: 90, pinned: false },
      { key: 'gone', width: null, pinned: true },
      { key: 'secret', width: null, pinned: true },
    ];
    expect(chosenColumns(all, choice, true)).toEqual([
      { key: 'secret', label: 'SECRET', numeric: false, width: 150, pinned: true, sortable: false },
      { key: 'f1', label: 'F1', numeric: false, width: 90, pinned: false, sortable: true },
    ]);
  });

  it('are changed one at a time', () => {
    const choice = withShown(withShown([], 'a', true), 'b', true);
    expect(keys(choice)).toEqual(['a', 'b']);
    expect(keys(withShown(choice, 'a', false))).toEqual(['b']);
    expect(withPinned(choice, 'b', true)[1]).toEqual({ key: 'b', width: null, pinned: true });
    expect(withWidth(choice, 'a', 20)[0]?.width).toBe(60);
    expect(withWidth(choice, 'a', 5_000)[0]?.width).toBe(1_000);
    expect(withWidth(choice, 'a', 120.4)[0]?.width).toBe(120);
  });

  it('take the place of another, pinned as that is', () => {
    const pinned = (key: string) => ({ key, width: null, pinned: true });
    const loose = (key: string) => ({ key, width: null, pinned: false });
    const choice = [loose('a'), pinned('p'), loose('b'), pinned('q'), loose('c')];
    const after = (key: string, to: string) =>
      arranged(choice, { kind: 'MOVE', key, to })
        .map((each) => (each.pinned ? each.key.toUpperCase() : each.key))
        .join('');
    expect(after('c', 'a')).toBe('PQcab');
    expect(after('a', 'c')).toBe('PQbca');
    expect(after('b', 'p')).toBe('BPQac');
    expect(after('p', 'b')).toBe('Qabpc');
    expect(arranged(choice, { kind: 'MOVE', key: 'gone', to: 'a' })).toBe(choice);
  });
});
