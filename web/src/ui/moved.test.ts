import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moved, reorderedWithin } from './moved.ts';

describe('moving an item of a list', () => {
  it.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [1, 1, 'abc'],
    [0, 9, 'bca'],
    [2, -1, 'cab'],
    [5, 0, 'abc'],
  ])('from %i to %i gives %s', (from, to, order) => {
    expect(moved([...'abc'], from, to).join('')).toBe(order);
  });
});

describe('reordering the part of a list that is seen', () => {
  it('leaves what is not seen at its place', () => {
    expect(reorderedWithin([...'aXbcY'], [...'cab']).join('')).toBe('cXabY');
  });

  it('keeps every item, what is seen in its order, what is not at its place', () => {
    const list = fc.uniqueArray(fc.integer(), { maxLength: 12 });
    const cases = list.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all)));
    fc.assert(
      fc.property(cases, ([all, seen]) => {
        const order = reorderedWithin(all, seen);
        expect(order.filter((item) => seen.includes(item))).toEqual(seen);
        for (const [index, item] of all.entries()) if (!seen.includes(item)) expect(order[index]).toBe(item);
      }),
    );
  });
});
