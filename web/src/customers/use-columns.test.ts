import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, shallowRef, type EffectScope } from 'vue';
import { speak } from '../i18n/locale.ts';
import { announcement } from '../ui/announcer.ts';
import { readColumns, writeColumns } from './column-choice.ts';
import type { CustomerColumn } from './columns.ts';
import type { ListView } from './list-address.ts';
import { useColumns, type ListColumns } from './use-columns.ts';

const all = ['name', 'age', 'city'].map((key): CustomerColumn => ({
  key,
  label: key,
  labels: {},
  numeric: false,
  sortable: true,
  system: false,
  usualWidth: 150,
}));
const everybody: ListView = { filter: null, search: '', sort: [], columns: null, keptId: null };
const view = shallowRef(everybody);
let scope: EffectScope;
let writes = 0;

function open(): ListColumns {
  scope = effectScope();
  const write: Parameters<typeof useColumns>[0]['write'] = (columns) => {
    writes += 1;
    view.value = { ...view.value, columns };
  };
  return scope.run(() => useColumns({ all: () => all, view: () => view.value, write }))!;
}

beforeEach(async () => {
  await speak('en');
  vi.useFakeTimers();
  localStorage.clear();
  view.value = everybody;
  writes = 0;
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

describe('the columns of a list', () => {
  it('follow a drag at once, announce it, and are in the address once it is quiet', () => {
    const columns = open();
    for (const width of [160, 170, 180]) columns.arrange({ kind: 'WIDTH', key: 'age', width });
    expect(writeColumns(columns.choice.value)).toBe('name..p,age.180,city');
    expect(announcement.value).toBe('“age” is 180 pixels wide');
    expect(writes).toBe(0);
    vi.runAllTimers();
    expect([writes, writeColumns(view.value.columns ?? [])]).toEqual([1, 'name..p,age.180,city']);
  });

  it('say how wide a column has become, not how wide it was asked to be', () => {
    open().arrange({ kind: 'WIDTH', key: 'age', width: 5 });
    expect(announcement.value).toBe('“age” is 60 pixels wide');
  });

  it('are remembered where the address names none, except in a list that is kept', () => {
    open().arrange({ kind: 'HIDE', key: 'age' });
    scope.stop();
    const columns = open();
    expect(writeColumns(columns.choice.value)).toBe('name..p,city');
    view.value = { ...everybody, columns: readColumns('city') };
    expect(writeColumns(columns.choice.value)).toBe('city');
    view.value = { ...everybody, columns: readColumns('gone,lost.200') };
    expect(writeColumns(columns.choice.value)).toBe('name..p,age,city');
    view.value = { ...everybody, keptId: 'l1' };
    expect(writeColumns(columns.choice.value)).toBe('name..p,age,city');
  });

  it('are forgotten when one goes back to the usual ones', () => {
    const columns = open();
    columns.arrange({ kind: 'MOVE', key: 'city', to: 'age' });
    expect(writeColumns(columns.choice.value)).toBe('name..p,city,age');
    columns.choose(null);
    vi.runAllTimers();
    expect(writeColumns(open().choice.value)).toBe('name..p,age,city');
  });

  it('leave the address of another page alone', () => {
    open().arrange({ kind: 'HIDE', key: 'age' });
    scope.stop();
    vi.runAllTimers();
    expect(writes).toBe(0);
  });
});
