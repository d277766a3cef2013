import { catalogueOf, type FieldDefinition, type Reader, type Rule } from '@kequn/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleDifference } from './rule-difference.ts';

const base = { labels: {}, options: [], validation: {}, required: false, unique: false, archived: false };
const fields: FieldDefinition[] = [
  { ...base, key: 'age', type: 'NUMBER', label: '年龄', labels: { en: 'Age' } },
  { ...base, key: 'spend', type: 'NUMBER', label: '消费额', labels: { en: 'Spend' } },
  { ...base, key: 'city', type: 'TEXT', label: '城市', labels: { en: 'City' } },
  { ...base, key: 'vip', type: 'BOOLEAN', label: '会员', labels: { en: 'VIP' } },
];
const catalogue = catalogueOf(fields);

function difference(before: Rule, after: Rule, locale: Reader['locale'] = 'en') {
  const reader = { locale, users: new Map(), regions: new Map(), timeZone: 'Asia/Shanghai' };
  return ruleDifference(before, after, { catalogue, reader, untold: 'something that is gone' });
}

const nothing = { added: [], removed: [], changed: [], regrouped: false };
const adult = { '>=': [{ var: 'age' }, 18] };
const old = { '>=': [{ var: 'age' }, 60] };
const local = { '==': [{ var: 'city' }, '上海'] };
const rich = { '>': [{ var: 'spend' }, 1_000] };
const vip = { var: 'vip' };

describe('the difference of two rules', () => {
  it('tells what came, what went, and what is asked otherwise of the same field', () => {
    expect(difference({ and: [adult, local] }, { and: [old, rich] })).toEqual({
      added: ['Spend is greater than 1,000'],
      removed: ['City is “上海”'],
      changed: [{ before: 'Age is at least 18', after: 'Age is at least 60' }],
      regrouped: false,
    });
  });

  it('speaks the language of the reader', () => {
    expect(difference(adult, { and: [adult, rich] }, 'zh-CN').added).toEqual(['「消费额」大于 1,000']);
  });

  it.each<[string, Rule, Rule]>([
    ['the same rule', { and: [adult, local] }, { and: [adult, local] }],
    ['another order', { and: [adult, { or: [local, rich] }] }, { and: [{ or: [rich, local] }, adult] }],
    ['a group of one', local, { and: [local] }],
    [
      'a group within one that is joined alike',
      { and: [adult, { and: [local, rich] }] },
      { and: [adult, local, rich] },
    ],
    ['a short way of writing', { '!': vip }, { '!': [vip] }],
    ['the other way round', { '>': [{ var: 'spend' }, 1_000] }, { '<': [1_000, { var: 'spend' }] }],
  ])('is none for %s', (_, before, after) => {
    expect(difference(before, after)).toEqual(nothing);
  });

  it.each<[string, Rule, Rule]>([
    ['any instead of all', { and: [adult, local] }, { or: [adult, local] }],
    ['another group', { and: [adult, { or: [local, rich] }] }, { or: [{ and: [adult, local] }, rich] }],
    ['none instead of any', { or: [adult, local] }, { '!': [{ or: [adult, local] }] }],
  ])('is how they are joined for %s', (_, before, after) => {
    expect(difference(before, after)).toEqual({ ...nothing, regrouped: true });
  });

  it('tells both, where what stayed is joined otherwise', () => {
    expect(difference({ or: [adult, local] }, { and: [adult, local, rich] })).toEqual({
      ...nothing,
      added: ['Spend is greater than 1,000'],
      regrouped: true,
    });
  });

  it('is not one of joining, where what was joined went', () => {
    expect(difference({ and: [adult, { or: [local, rich] }] }, { and: [adult, local] }).regrouped).toBe(false);
    expect(difference({ or: [adult, local] }, { or: [adult] }).regrouped).toBe(false);
  });

  it('tells a condition that is turned round as one', () => {
    const [change] = difference(adult, { '!': [adult] }).changed;
    expect(change).toEqual({ before: 'Age is at least 18', after: expect.stringMatching(/not/i) as string });
  });

  it('counts what stands twice', () => {
    expect(difference({ and: [adult, rich] }, { and: [adult, { or: [adult, local] }, rich] })).toMatchObject({
      added: ['Age is at least 18', 'City is “上海”'],
      removed: [],
    });
  });

  it('tells one field after the other in reading order', () => {
    const between = (low: number, high: number): Rule => ({
      and: [{ '>': [{ var: 'age' }, low] }, { '<': [{ var: 'age' }, high] }],
    });
    expect(difference(between(1, 5), between(2, 6)).changed.map(({ after }) => after)).toEqual([
      'Age is greater than 2',
      'Age is less than 6',
    ]);
  });

  it('keeps apart conditions that cannot be told any more', () => {
    const gone = (value: number): Rule => ({ '>': [{ var: 'gone' }, value] });
    expect(difference(gone(1), gone(1))).toEqual(nothing);
    expect(difference({ and: [gone(1), adult] }, { and: [gone(2), adult] })).toEqual({
      ...nothing,
      added: ['something that is gone'],
      removed: ['something that is gone'],
    });
  });

  const rules: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom<Rule>(adult, old, local, rich, vip, true, { '==': [{ var: 'gone' }, 1] }),
      fc.record({ and: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ or: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ '!': fc.tuple(tie('rule')) }),
    ),
  })).rule;

  it('is none between a rule and itself', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        expect(difference(rule, rule)).toEqual(nothing);
      }),
    );
  });

  it('read backwards, takes away what it added', () => {
    fc.assert(
      fc.property(rules, rules, (a, b) => {
        const [there, back] = [difference(a, b), difference(b, a)];
        expect(back.added.toSorted()).toEqual(there.removed.toSorted());
        expect(back.removed.toSorted()).toEqual(there.added.toSorted());
        expect(back.changed).toHaveLength(there.changed.length);
      }),
    );
  });
});
