import fc from 'fast-check';
import jsonLogic from 'json-logic-js';
import { expect, test } from 'vitest';
import { arbitraryRow, arbitraryRule, fullRow, suiteCatalogue, suiteMoment } from '../../suites/index.ts';
import { checkRule, compileRule, type Row } from '../index.ts';
import { importRule } from './import-rule.ts';

const foreign = jsonLogic as typeof jsonLogic & { apply(rule: unknown, data: unknown): unknown };
// As react-querybuilder has them registered.
foreign.add_operation('startsWith', (a: unknown, b: string) => typeof a === 'string' && a.startsWith(b));
foreign.add_operation('endsWith', (a: unknown, b: string) => typeof a === 'string' && a.endsWith(b));

function imported(rule: unknown): unknown {
  const outcome = importRule(rule, suiteCatalogue);
  return outcome.ok ? outcome.value.rule : outcome.problems.map(({ path, code }) => `${code} ${path}`);
}

const city = { var: 'city' };
const tenure = { var: 'tenure' };
const tags = { var: 'tags' };
const isEmpty = (key: string) => ({ '==': [{ var: key }, null] });

const me = (...operands: readonly string[]) => ({ me: operands });

test.each([
  [{ '==': [{ var: 'owner' }, me('id', 'USER')] }, { '==': [{ var: 'owner' }, me('id')] }],
  [{ in: [city, me('cities', 'TEXT', 'list')] }, { in: [city, me('cities')] }],
  [{ has_all: [tags, me('contracts', 'OPTION', 'list')] }, { has_all: [tags, me('contracts')] }],
  [{ has_all: [tags, me('contracts', 'x')] }, ['TYPE /has_all/1/me']],
  [{ var: ['vip'] }, { var: ['vip'] }],
  [{ '===': [city, '上海'] }, { '==': [city, '上海'] }],
  [{ '!==': [city, '上海'] }, { '!=': [city, '上海'] }],
  [{ '==': [city, ''] }, { '==': [city, null] }],
  [{ '!==': ['', { var: 'born' }] }, { '!=': [null, { var: 'born' }] }],
  [{ '!!': [{ var: 'vip' }] }, { var: 'vip' }],
  [{ '==': [{ '!!': { var: 'vip' } }, false] }, { '==': [{ and: [{ var: 'vip' }] }, false] }],
  [{ '!!': [city] }, { '!=': [city, null] }],
  [{ '!': city }, { '!': [{ '!=': [city, null] }] }],
  [{ '!': [tenure] }, { '!': [{ and: [{ '!=': [tenure, null] }, { '!=': [tenure, 0] }] }] }],
  [{ startsWith: [city, '上'] }, { starts_with: [city, '上'] }],
  [{ '!': { endsWith: [city, '海'] } }, { '!': [{ ends_with: [city, '海'] }] }],
  [{ '?:': [{ var: 'vip' }, true, false] }, { if: [{ var: 'vip' }, true, false] }],
  [{ if: [1, { var: 'vip' }, ''] }, { if: [true, { var: 'vip' }, false] }],
  [{ missing: 'city' }, isEmpty('city')],
  [{ '!': { missing: ['city', 'tenure'] } }, { '!': [{ or: [isEmpty('city'), isEmpty('tenure')] }] }],
  [{ '<=': ['3', tenure, '12'] }, { '<=': [3, tenure, 12] }],
  [{ '==': [tenure, '26'] }, { '==': [tenure, 26] }],
  [
    { in: [city, [{ var: 'home_town' }, '上海', null]] },
    { or: [{ '==': [city, { var: 'home_town' }] }, { '==': [city, '上海'] }, { '==': [city, null] }] },
  ],
  [{ some: [tags, { '==': [{ var: '' }, 'monthly'] }] }, { some: [tags, { in: [{ var: '' }, ['monthly']] }] }],
  [
    { none: [tags, { or: [{ '===': ['monthly', { var: '' }] }, { in: [{ var: '' }, ['one_year']] }] }] },
    { none: [tags, { in: [{ var: '' }, ['monthly', 'one_year']] }] },
  ],
] as const)('%j is taken over', (rule, ours) => {
  expect(imported(rule)).toEqual(ours);
});

test.each([
  [{ '>': [1, 2, 3] }, ['ARITY />']],
  [{ '==': [tenure, ''] }, ['TYPE /==/1']],
  [{ '===': [tenure, ''] }, ['TYPE /===/1']],
  [{ '===': [tenure, '26'] }, ['TYPE /===/1']],
  [{ '==': [{ missing: 'city' }, true] }, ['UNKNOWN_OPERATION /==/0']],
  [
    { and: [{ startsWith: [city] }, { '===': [{ var: 'nobody' }, 1] }] },
    ['ARITY /and/0/startsWith', 'UNKNOWN_FIELD /and/1/===/0/var'],
  ],
  [{ '!!': { map: [tags, 1] } }, ['UNKNOWN_OPERATION /!!']],
  [{ some: [tags, { '==': [{ var: '' }, 'weekly'] }] }, ['UNKNOWN_OPTION /some/1']],
  [{ all: [tags, { in: [{ var: '' }, ['monthly']] }] }, ['UNKNOWN_OPERATION ']],
  [{ in: [city, ['上海', { var: 'tenure' }]] }, ['TYPE /in/1/1']],
  [{ '>': [{ '/': [tenure, 0] }, 1] }, ['TYPE />/0/~1/1']],
  [{ '==': [{ '%': [tenure, 0.5] }, 0] }, ['TYPE /==/0/%/1']],
  [{ '==': [null, 0] }, ['TYPE ']],
  [{ and: { var: 'vip' } }, ['ARITY /and']],
  [{ '!!': [true, false] }, ['UNKNOWN_OPERATION ']],
  [17, ['NOT_BOOLEAN ']],
  [{ and: [], or: [] }, ['NOT_A_RULE ']],
  [JSON.parse('{"__proto__":[1]}'), ['FORBIDDEN_KEY ']],
  [undefined, ['NOT_A_RULE ']],
] as const)('%j cannot be kept, and it says where', (rule, problems) => {
  expect(imported(rule)).toEqual(problems);
});

test('a default is told as such', () => {
  const outcome = importRule({ '==': [{ var: ['city', '上海'] }, '上海'] }, suiteCatalogue);
  expect(outcome).toMatchObject({
    ok: false,
    problems: [{ path: '/==/0/var', message: { 'zh-CN': 'var 的默认值不能保留，请改用“如果……为空”' } }],
  });
});

test('nesting without end is refused', () => {
  let rule: unknown = true;
  for (let depth = 0; depth < 50_000; depth += 1) rule = { '!': [rule] };
  expect(importRule(rule, suiteCatalogue)).toMatchObject({ ok: false, problems: [{ code: 'LIMIT' }] });
});

test('what react-querybuilder writes is taken over, and answers as it does there', () => {
  const rule = {
    and: [
      { '!': { in: [city, ['北京', '广州']] } },
      { '<=': ['1', tenure, '12'] },
      { '==': [{ var: 'vip' }, true] },
      {
        '!': {
          or: [{ '==': [{ var: 'charges' }, '70'] }, { '!=': [{ var: 'contract' }, 'monthly'] }, { in: ['州', city] }],
        },
      },
      { or: [{ startsWith: [city, '上'] }, { '!': { endsWith: [{ var: 'home_town' }, '海'] } }, isEmpty('born')] },
    ],
  };
  const outcome = importRule(rule, suiteCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const holds = compileRule(outcome.value.node);
  const row: Row = {
    city: '上海',
    tenure: 6,
    vip: true,
    charges: 50,
    contract: 'monthly',
    home_town: '上海',
    born: null,
  };
  const rows = [row, { ...row, city: '广州' }, { ...row, tenure: 13 }, { ...row, charges: 70 }, { ...row, vip: false }];
  for (const each of rows) expect(holds(fullRow(each), suiteMoment)).toBe(foreign.apply(rule, each));
});

test('a rule of this language that is taken over stays what it is', () => {
  fc.assert(
    fc.property(arbitraryRule, arbitraryRow, (rule, row) => {
      const [ours, outcome] = [checkRule(rule, suiteCatalogue), importRule(rule, suiteCatalogue)];
      fc.pre(ours.ok && outcome.ok);
      expect(compileRule(outcome.value.node)(row, suiteMoment)).toBe(compileRule(ours.value)(row, suiteMoment));
    }),
    { numRuns: 300 },
  );
});
