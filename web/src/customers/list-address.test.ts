import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnWidth } from './column-choice.ts';
import { nextSort, readView, writeView, type ListView } from './list-address.ts';

describe('the address of a list', () => {
  it('gives back the view that it was written from', () => {
    const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
    const filter = fc
      .jsonValue()
      .filter((value) => value !== null && !Object.is(value, -0) && JSON.stringify(value) !== 'null')
      .map((value) => JSON.parse(JSON.stringify(value)) as ListView['filter']);
    const column = fc.record({
      key,
      width: fc.option(fc.integer({ min: columnWidth.min, max: columnWidth.max })),
      pinned: fc.boolean(),
    });
    const views: fc.Arbitrary<ListView> = fc.record({
      filter: fc.option(filter, { nil: null }),
      search: fc.string(),
      sort: fc.option(fc.record({ key, descending: fc.boolean() }), { nil: undefined }),
      columns: fc.option(fc.uniqueArray(column, { selector: (each) => each.key, minLength: 1 })),
      keptId: fc.option(fc.uuid()),
    });
    fc.assert(
      fc.property(views, (view) => {
        expect(readView(writeView(view) as never)).toEqual(view);
      }),
    );
  });

  it('shows the usual where it holds nothing that can be shown', () => {
    const usual = { filter: null, search: '', sort: undefined, columns: null, keptId: null };
    expect(readView({})).toEqual(usual);
    expect(readView({ filter: '{"==":', sort: '', q: ['a', 'b'], columns: '%,.,A.1', list: '' })).toEqual(usual);
    expect(readView({ columns: 'name.5,age.99999,name.200,x.-4,city..p' }).columns).toEqual([
      { key: 'name', width: null, pinned: false },
      { key: 'city', width: null, pinned: true },
    ]);
  });

  it('sorts up, down, and not at all', () => {
    const up = nextSort(undefined, 'age');
    const down = nextSort(up, 'age');
    expect([up, down, nextSort(down, 'age')]).toEqual([
      { key: 'age', descending: false },
      { key: 'age', descending: true },
      undefined,
    ]);
    expect(nextSort(down, 'name')).toEqual({ key: 'name', descending: false });
  });
});
