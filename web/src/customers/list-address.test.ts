import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSort, readView, writeView } from './list-address.ts';

describe('the address of a list', () => {
  it('gives back the view that it was written from', () => {
    const sort = fc.record({ key: fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/), descending: fc.boolean() });
    const filter = fc
      .jsonValue()
      .filter((value) => value !== null && !Object.is(value, -0) && JSON.stringify(value) !== 'null');
    fc.assert(
      fc.property(fc.option(filter, { nil: null }), fc.option(sort, { nil: undefined }), (one, order) => {
        const view = { filter: one === null ? null : (JSON.parse(JSON.stringify(one)) as never), sort: order };
        expect(readView(writeView(view) as never)).toEqual(view);
      }),
    );
  });

  it('shows everybody where it holds no rule', () => {
    expect(readView({ filter: '{"==":', sort: '' })).toEqual({ filter: null, sort: undefined });
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
