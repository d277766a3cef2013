import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnWidth } from './column-choice.ts';
import { readView, writeView, type ListView } from './list-address.ts';

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
      sort: fc.uniqueArray(fc.record({ key, descending: fc.boolean() }), {
        selector: (each) => each.key,
        maxLength: 5,
      }),
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
    const usual = { filter: null, search: '', sort: [], columns: null, keptId: null };
    expect(readView({})).toEqual(usual);
    expect(readView({ filter: '{"==":', sort: '', q: ['a', 'b'], columns: '%,.,A.1', list: '' })).toEqual(usual);
    expect(readView({ columns: 'name.5,age.99999,name.200,x.-4,city..p' }).columns).toEqual([
      { key: 'name', width: null, pinned: false },
      { key: 'city', width: null, pinned: true },
    ]);
  });

  it('sorts by no more than it may, by each once, and searches for no more either', () => {
    const { sort, search } = readView({ sort: 'a,-b,,-,B,a,-a,c..1,d,e,f,g', q: '王'.repeat(300) });
    expect(sort.map(({ key, descending }) => `${key}${descending ? '↓' : '↑'}`).join(' ')).toBe('a↑ b↓ d↑ e↑ f↑');
    expect([...search]).toHaveLength(200);
  });

  it('reads the lesser zero as the one that it writes', () => {
    expect(readView({ filter: '{"<":[-0,1]}' }).filter).toEqual({ '<': [0, 1] });
  });

  it('never fails, whatever stands there', () => {
    const anything = fc.oneof(fc.string({ maxLength: 60 }), fc.stringMatching(/^[a-z0-9_.,p-]{0,40}$/));
    fc.assert(
      fc.property(fc.record({ q: anything, filter: anything, sort: anything, columns: anything }), (query) => {
        const view = readView(query);
        for (const { width } of view.columns ?? [])
          expect(width === null || (width >= columnWidth.min && width <= columnWidth.max)).toBe(true);
        expect(readView(writeView(view) as never)).toEqual(view);
      }),
    );
  });
});
