import type { Rule } from '@kequn/rules';
import { describe, expect, it } from 'vitest';
import { asksFor, isInRange, isValue, isWithin, withToggled } from './conditions.ts';

const level = { key: 'level', type: 'SELECT' } as const;
const tea = isValue(level, 'tea');
const art = isValue({ key: 'likes', type: 'MULTI_SELECT' }, 'art');

describe('what a part of a chart asks for', () => {
  it('is its value, of several choices one of them, and of a province what lies in it', () => {
    expect([tea, art, isWithin({ key: 'home', type: 'REGION' }, '440000')]).toEqual([
      { '==': [{ var: 'level' }, 'tea'] },
      { in: ['art', { var: 'likes' }] },
      { within_region: [{ var: 'home' }, '440000'] },
    ]);
  });

  it('is a range, with one end only at either end', () => {
    const ranges = [0, 2.3, 4.6].map((from) => ({ from, to: from + 2.3 }));
    const age = { key: 'age', type: 'NUMBER' } as const;
    expect([0, 1, 2].map((at) => isInRange(age, ranges, at))).toEqual([
      { '<': [{ var: 'age' }, 2.3] },
      { and: [{ '>=': [{ var: 'age' }, 2.3] }, { '<': [{ var: 'age' }, 4.6] }] },
      { '>=': [{ var: 'age' }, 4.6] },
    ]);
    expect(isInRange(age, [{ from: 1, to: 1 }], 0)).toEqual({ '!=': [{ var: 'age' }, null] });
  });
});

describe('a filter', () => {
  it('asks for what is chosen beside what it asks for already, and no more once it is chosen again', () => {
    const both = withToggled(withToggled(null, tea), art);
    expect(both).toEqual({ and: [tea, art] });
    expect([asksFor(both, tea), asksFor(tea, art), asksFor(null, tea)]).toEqual([true, false, false]);
    expect([withToggled(both, tea), withToggled(tea, tea)]).toEqual([art, null]);
  });

  it('takes a range in as two conditions and lets both go', () => {
    const ends: Rule[] = [{ '>=': [{ var: 'age' }, 1] }, { '<': [{ var: 'age' }, 2] }];
    const range = { and: ends };
    const filter = withToggled(tea, range);
    expect(filter).toEqual({ and: [tea, ...ends] });
    expect(withToggled(filter, range)).toEqual(tea);
  });

  it('of another kind is kept whole', () => {
    const other = { or: [tea, art] };
    expect(withToggled(other, tea)).toEqual({ and: [other, tea] });
  });
});
