import { describe, expect, test } from 'vitest';
import { suiteCatalogue } from '../suites/index.ts';
import { checkRule, ruleLimits, type Rule } from './index.ts';

function problemsOf(rule: Rule): string[] {
  const outcome = checkRule(rule, suiteCatalogue);
  return outcome.ok ? [] : outcome.problems.map(({ path, code }) => `${code} ${path}`);
}

/** `depth` negations around `inner`. */
function nested(depth: number, inner: Rule): Rule {
  return depth === 0 ? inner : { '!': [nested(depth - 1, inner)] };
}

describe('what is wrong is told with its place, all at once', () => {
  const cases: [Rule, ...string[]][] = [
    [{ '==': [{ var: 'charges' }, '5'] }, 'TYPE /==/1'],
    [{ '==': [{ var: 'city' }, { var: 'charges' }] }, 'TYPE /==/1'],
    [
      { and: [{ '>': [{ var: 'nope' }, 1] }, { '<': [{ var: 'charges' }, 'x'] }] },
      'UNKNOWN_FIELD /and/0/>/0/var',
      'TYPE /and/1/</1',
    ],
    [{ '==': [{ var: 'contract' }, 'weekly'] }, 'UNKNOWN_OPTION /==/1'],
    [{ in: [{ var: 'contract' }, ['monthly', 'weekly']] }, 'UNKNOWN_OPTION /in/1/1'],
    [{ in: [{ var: 'city' }, ['a', null]] }, 'TYPE /in/1/1'],
    [{ in: [{ var: 'vip' }, [true]] }, 'TYPE /in/0'],
    [{ in: [{ var: 'charges' }, 'abc'] }, 'TYPE /in/0'],
    [{ '<': [{ var: 'vip' }, true] }, 'TYPE /<'],
    [{ '<': [{ var: 'contract' }, 'monthly'] }, 'TYPE /<'],
    [{ '<': [{ var: 'charges' }, null] }, 'TYPE /</1'],
    [{ '==': [{ var: 'born' }, '2025-02-30'] }, 'TYPE /==/1'],
    [{ '==': [{ var: 'created_at' }, '2025-02-28'] }, 'TYPE /==/1'],
    [{ '==': [{ var: 'city' }, ''] }, 'TYPE /==/1'],
    [{ '==': [{ var: 'city' }, 'a\u0000'] }, 'TYPE /==/1'],
    [{ '==': [{ var: 'city' }, '\ud800'] }, 'TYPE /==/1'],
    [{ '==': [{ var: 'charges' }, 2 ** 53] }, 'TYPE /==/1'],
    [{ in: [{ var: 'charges' }, [2 ** 53]] }, 'TYPE /in/1/0'],
    [{ '==': [{ var: 'owner' }, '018f0000-0000-7000-8000-0000000000ff'] }, 'TYPE /==/1'],
    [{ '>': [1, { var: 'charges' }, 3] }, 'ARITY />'],
    [{ '==': [1] }, 'ARITY /=='],
    [{ and: [] }, 'ARITY /and'],
    [{ '!': [true, true] }, 'ARITY /!'],
    [{ '===': [1, 1] }, 'UNKNOWN_OPERATION '],
    [{ method: ['a', 'toString'] }, 'UNKNOWN_OPERATION '],
    [{ log: 'x' }, 'UNKNOWN_OPERATION '],
    [{ toString: [] }, 'UNKNOWN_OPERATION '],
    [JSON.parse('{"__proto__":[1]}') as Rule, 'FORBIDDEN_KEY '],
    [{ constructor: [1] }, 'FORBIDDEN_KEY '],
    [{ and: [true], or: [true] }, 'NOT_A_RULE '],
    [{}, 'NOT_A_RULE '],
    [[true], 'TYPE '],
    [null, 'NOT_BOOLEAN '],
    [5, 'NOT_BOOLEAN '],
    [{ and: [{ var: 'charges' }] }, 'NOT_BOOLEAN /and/0'],
    [{ '%': [{ var: 'charges' }, 2, 3] }, 'ARITY /%'],
    [{ '>': [{ '+': Array.from({ length: 101 }, () => 1) }, 1] }, 'ARITY />/0/+'],
    [{ '==': [{ var: 'city' }, { me: ['id'] }] }, 'TYPE /==/1'],
    [{ '==': [{ var: 'owner' }, { me: ['constructor'] }] }, 'FORBIDDEN_KEY /==/1/me/0'],
    [{ '==': [{ var: 'owner' }, { me: [{ var: 'city' }] }] }, 'TYPE /==/1/me/0'],
    [{ '==': [{ var: 'tags' }, { me: ['tags'] }] }, 'TYPE /==/0'],
    [{ in: [{ var: 'owner' }, { me: ['id'] }] }, 'TYPE /in/1/me'],
    [{ in: [{ var: 'city' }, { me: ['cities', 'TEXT'] }] }, 'TYPE /in/1/me'],
    [{ within_region: [{ var: 'region' }, { me: ['__proto__'] }] }, 'FORBIDDEN_KEY /within_region/1/me/0'],
    [{ has_any: [{ var: 'tags' }, { me: [7] }] }, 'TYPE /has_any/1/me/0'],
    [{ some: [{ var: 'tags' }, { in: [{ var: '' }, { me: ['A'] }] }] }, 'TYPE /some/1/in/1/me/0'],
    [
      {
        '>': [{ count: [{ filter: [{ var: 'events.order' }, { '==': [{ var: 'product' }, { me: ['city'] }] }] }] }, 1],
      },
      'TYPE />/0/count/0/filter/1/==/1/me',
    ],
    [{ '==': [{ abs: ['5'] }, 1] }, 'TYPE /==/0/abs/0'],
    [{ '==': [{ min: [{ var: 'charges' }, null] }, 1] }, 'TYPE /==/0/min/1'],
    [{ '==': [{ lower: [{ var: 'charges' }] }, 'a'] }, 'TYPE /==/0/lower/0'],
    [{ '==': [{ cat: [{ var: 'city' }, 5] }, 'a'] }, 'TYPE /==/0/cat/1'],
    [{ '==': [{ cat: ['', { var: 'city' }] }, 'a'] }],
    [{ '==': [{ lower: [''] }, 'a'] }, 'TYPE /==/0/lower/0'],
    [{ '==': [{ substr: [{ var: 'city' }, '1'] }, 'a'] }, 'TYPE /==/0/substr/1'],
    [{ '==': [{ date_add: [{ var: 'born' }, 1, 'hour'] }, null] }, 'TYPE /==/0/date_add/2'],
    [{ '==': [{ date_add: [{ var: 'born' }, 1, 'decade'] }, null] }, 'TYPE /==/0/date_add/2'],
    [{ '==': [{ date_add: [{ var: 'city' }, 1, 'day'] }, null] }, 'TYPE /==/0/date_add/0'],
    [{ '==': [{ date_add: ['2026-01-31', 1, 'month'] }, '2026-02-28T00:00Z'] }, 'TYPE /==/1'],
    [{ '==': [{ part: [{ var: 'born' }, 'hour'] }, 1] }, 'TYPE /==/0/part/1'],
    [{ '==': [{ part: [{ var: 'born' }, 'toString'] }, 1] }, 'TYPE /==/0/part/1'],
    [{ some: [{ var: 'tags' }, { in: [{ var: '' }, ['monthly', 'weekly']] }] }, 'UNKNOWN_OPTION /some/1/in/1/1'],
    [{ some: [{ var: 'tags' }, { '==': [{ var: '' }, 'monthly'] }] }, 'TYPE /some/1'],
    [{ none: [{ var: 'city' }, { in: [{ var: '' }, ['a']] }] }, 'TYPE /none/0'],
    [{ all: [{ var: 'tags' }, { in: [{ var: '' }, ['monthly']] }] }, 'UNKNOWN_OPERATION '],
    [{ in: [{ var: '' }, ['monthly']] }, 'UNKNOWN_FIELD /in/0/var'],
    [{ var: '' }, 'UNKNOWN_FIELD /var'],
    [{ var: '__proto__' }, 'UNKNOWN_FIELD /var'],
    [{ var: 'constructor.name' }, 'UNKNOWN_FIELD /var'],
    [{ var: 'toString' }, 'UNKNOWN_FIELD /var'],
    [{ var: ['vip', true] }, 'UNKNOWN_FIELD /var'],
    [{ var: 0 }, 'UNKNOWN_FIELD /var'],
  ];
  test.each(cases)('%j', (rule, ...expected) => expect(problemsOf(rule)).toEqual(expected));
});

describe('limits are named', () => {
  const condition: Rule = { '==': [{ var: 'charges' }, 1] };

  test('nesting', () => {
    expect(problemsOf(nested(ruleLimits.ruleNesting, true))).toEqual([]);
    expect(problemsOf(nested(ruleLimits.ruleNesting + 1, true))[0]).toMatch(/^LIMIT/);
  });

  test('a rule far deeper than any stack is refused, not run out of', () => {
    let deep: Rule = true;
    for (let i = 0; i < 200_000; i += 1) deep = { '!': [deep] };
    expect(problemsOf(deep)[0]).toMatch(/^LIMIT/);
  });

  test('conditions', () => {
    expect(problemsOf({ or: Array.from({ length: 1_000 }, () => condition) })).toEqual([]);
    expect(problemsOf({ or: Array.from({ length: 1_001 }, () => condition) })).toEqual(['LIMIT /or/1000']);
  });

  test('literals of a list', () => {
    const listed = (length: number): Rule => ({ in: [{ var: 'charges' }, Array.from({ length }, (_, i) => i)] });
    expect(problemsOf(listed(10_000))).toEqual([]);
    expect(problemsOf(listed(10_001))).toEqual(['LIMIT /in/1']);
  });

  test('bytes, as UTF-8', () => {
    const long = (characters: number): Rule => ({ '==': [{ var: 'city' }, '中'.repeat(characters)] });
    expect(problemsOf(long(80_000))).toEqual([]);
    expect(problemsOf(long(90_000))).toEqual(['LIMIT ']);
  });
});
