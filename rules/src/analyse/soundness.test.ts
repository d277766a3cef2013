import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryRow, arbitraryRule, fullRow, suiteCatalogue, suiteMoment } from '../../suites/index.ts';
import {
  analyseRule,
  checkRule,
  compileRule,
  momentAt,
  type Finding,
  type Moment,
  type Row,
  type Rule,
} from '../index.ts';

/** Now and later: the next day, ends of months, a leap day, and long after. */
const moments: readonly Moment[] = [
  suiteMoment,
  ...[
    '2026-03-01T16:00:00.000Z',
    '2026-03-31T04:00:00.000Z',
    '2027-02-28T01:00:00.000Z',
    '2028-02-29T02:00:00.000Z',
  ].map((now) => momentAt(now, 'Asia/Shanghai')),
  momentAt('2061-07-31T23:59:59.999Z', 'Asia/Shanghai'),
];

const days = [
  '2020-02-29',
  '2026-01-31',
  '2026-02-22',
  '2026-02-28',
  '2026-03-01',
  '2026-03-02',
  '2026-03-31',
  '2027-02-28',
  '2030-01-01',
];
const instants = [
  '2026-02-22T17:04:05.678Z',
  '2026-02-28T16:00:00.000Z',
  '2026-02-28T17:04:05.679Z',
  '2026-03-31T03:00:00.000Z',
];
const texts = ['a', 'ab', 'b', ' b'];
const numbers = [1, 2, 2.5, 3];
const contracts = ['monthly', 'one_year', 'two_year'];
const regions = ['440000', '440300', '440305', '110105'];

/** Few fields with few values, so that conditions have much to do with each other. */
const pools: Readonly<Record<string, readonly (string | number)[]>> = {
  city: texts,
  charges: numbers,
  joined: days,
  created_at: instants,
  contract: contracts,
  region: regions,
};
const ordered = ['city', 'charges', 'joined', 'created_at'];

const fieldAmong = (keys: readonly string[]) => fc.constantFrom(...keys);
const valueOf = (key: string) => fc.constantFrom(...pools[key]!);

const equality = fieldAmong(Object.keys(pools))
  .chain((key) => fc.tuple(fc.constantFrom('==', '!='), fc.constant(key), fc.oneof(valueOf(key), fc.constant(null))))
  .map(([operator, key, value]): Rule => ({ [operator]: [{ var: key }, value] }));
const listed = fieldAmong(Object.keys(pools))
  .chain((key) => fc.tuple(fc.constant(key), fc.uniqueArray(valueOf(key), { maxLength: 3 })))
  .map(([key, list]): Rule => ({ in: [{ var: key }, list] }));
const order = fieldAmong(ordered)
  .chain((key) => fc.tuple(fc.constantFrom('<', '<=', '>', '>='), fc.constant(key), valueOf(key), fc.boolean()))
  .map(([operator, key, value, swap]): Rule => ({ [operator]: swap ? [value, { var: key }] : [{ var: key }, value] }));
const between = fieldAmong(ordered)
  .chain((key) => fc.tuple(fc.constantFrom('<', '<='), valueOf(key), fc.constant({ var: key }), valueOf(key)))
  .map(([operator, ...operands]): Rule => ({ [operator]: operands }));
const ofText = fc
  .tuple(fc.constantFrom('starts_with', 'ends_with'), fc.constantFrom(...texts))
  .map(([operator, text]): Rule => ({ [operator]: [{ var: 'city' }, text] }));
const having = fc
  .tuple(fc.constantFrom('has_any', 'has_all', 'has_none'), fc.uniqueArray(fc.constantFrom(...contracts)))
  .map(([operator, keys]): Rule => ({ [operator]: [{ var: 'tags' }, keys] }));
const inRegion = fc.constantFrom(...regions).map((code): Rule => ({ within_region: [{ var: 'region' }, code] }));
const windowed = fc
  .tuple(
    fc.constantFrom('within_last', 'within_next'),
    fc.constantFrom('joined', 'created_at'),
    fc.constantFrom(1, 2, 7, 30),
    fc.constantFrom('day', 'week', 'month', 'year'),
  )
  .map(([operator, key, count, unit]): Rule => ({ [operator]: [{ var: key }, count, unit] }));
const counted = fc
  .tuple(
    fc.constantFrom('<', '<=', '>', '>=', '=='),
    fc.constantFrom('days_since', 'days_until', 'years_since', 'days_to_anniversary'),
    fc.constantFrom('joined', 'created_at'),
    fc.constantFrom(-7, 0, 1, 6.5, 30, 366),
  )
  .map(([operator, number, key, count]): Rule => ({ [operator]: [{ [number]: [{ var: key }] }, count] }));
const besides = fc.constantFrom<Rule>(
  { var: 'vip' },
  { '==': [{ var: 'vip' }, false] },
  { '==': [{ var: 'tags' }, null] },
  { '<=': [{ var: 'joined' }, { today: [] }] },
  { '>': [{ var: 'created_at' }, { now: [] }] },
  { '<': [{ var: 'charges' }, { var: 'tenure' }] },
  { '>=': [{ var: 'charges' }, { var: 'tenure' }] },
  { '>': [{ '*': [{ var: 'charges' }, 2] }, 5] },
  { in: ['monthly', { var: 'tags' }] },
);

const condition = fc.oneof(equality, listed, order, between, ofText, having, inRegion, windowed, counted, besides);
const narrow = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: condition },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom('and', 'or'), fc.array(tie('rule'), { minLength: 2, maxLength: 4 }))
        .map(([key, operands]): Rule => ({ [key]: operands })),
    },
    tie('rule').map((rule): Rule => ({ '!': [rule] })),
    fc.tuple(tie('rule'), tie('rule')).map((operands): Rule => ({ '==': operands })),
    fc.array(tie('rule'), { minLength: 3, maxLength: 5 }).map((operands): Rule => ({ if: operands })),
  ),
})).rule;

const row: fc.Arbitrary<Row> = fc
  .tuple(
    arbitraryRow,
    fc.record(
      Object.fromEntries(
        Object.keys(pools).map((key) => [
          key,
          fc.option(
            valueOf(key).map((value) => (value === ' b' ? 'bb' : value)),
            { freq: 3 },
          ),
        ]),
      ),
    ),
    fc.boolean(),
  )
  .map(([anything, near, isNear]) => fullRow(isNear ? { ...anything, ...near } : anything));

type Holds = (row: Row, moment: Moment) => boolean;

function compiled(rule: Rule): Holds {
  const outcome = checkRule(rule, suiteCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return compileRule(outcome.value);
}

function at(rule: Rule, path: readonly string[]): Rule {
  return path.reduce<Rule>((node, step) => (node as Readonly<Record<string, Rule>>)[step]!, rule);
}

/** The rule without one operand of a join. */
function without(rule: Rule, [step, ...steps]: readonly string[]): Rule {
  if (Array.isArray(rule)) {
    if (steps.length === 0) return rule.filter((_, index) => String(index) !== step);
    return rule.map((each: Rule, index) => (String(index) === step ? without(each, steps) : each));
  }
  const [[key, operands]] = Object.entries(rule as Readonly<Record<string, Rule>>) as [[string, Rule]];
  return { [key]: without(operands, steps) };
}

const stepsOf = (path: string) =>
  path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/'));

/** What must hold of every customer at every moment for a finding to be right. */
function claimOf(rule: Rule, { code, path, other }: Finding): Holds {
  const steps = stepsOf(path);
  const join = steps.at(-2);
  const holds = code === 'UNEQUAL_LITERAL' || code === 'UNREACHABLE' ? undefined : compiled(at(rule, steps));
  switch (code) {
    case 'IMPOSSIBLE':
      return (...asked) => !holds!(...asked);
    case 'ALWAYS_TRUE':
    case 'NEGATION_UNDER_OR':
      return (...asked) => holds!(...asked);
    case 'UNEQUAL_LITERAL':
      return ({ city }) => city !== at(rule, steps);
    case 'UNREACHABLE':
      return neverTaken(at(rule, steps.slice(0, -1)) as readonly Rule[], Number(steps.at(-1)));
    case 'SUBSET_OF':
    case 'REDUNDANT': {
      const [whole, rest] = [compiled(rule), compiled(without(rule, steps))];
      const [from, to] = join === 'and' ? [other, path] : [path, other];
      const [first, then] =
        other === undefined ? [holds!, holds!] : [from!, to!].map((each) => compiled(at(rule, stepsOf(each))));
      return (...asked) => whole(...asked) === rest(...asked) && (!first!(...asked) || then!(...asked));
    }
  }
}

function neverTaken(operands: readonly Rule[], index: number): Holds {
  const before = operands.filter((_, each) => each < index && each % 2 === 0).map(compiled);
  const isElse = index === operands.length - 1 && index % 2 === 0;
  const holds = isElse ? () => true : compiled(operands[index]!);
  return (...asked) => before.some((each) => each(...asked)) || !holds(...asked);
}

/** How many findings of each code a rule has; all are right for the customers given, now and later. */
function proven(rule: Rule, rows: readonly Row[], met: Map<string, number>): void {
  const checked = checkRule(rule, suiteCatalogue);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  for (const finding of analyseRule(checked.value, suiteMoment, suiteCatalogue)) {
    met.set(finding.code, (met.get(finding.code) ?? 0) + 1);
    const claim = claimOf(rule, finding);
    const wrong = rows.find((each) => moments.some((moment) => !claim(each, moment)));
    expect([finding, wrong]).toEqual([finding, undefined]);
  }
}

test('every finding is right for every customer, now and later', () => {
  const met = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.oneof({ weight: 4, arbitrary: narrow }, arbitraryRule),
      fc.array(row, { minLength: 12, maxLength: 12 }),
      (rule, rows) => proven(rule, rows, met),
    ),
    { numRuns: 800 },
  );
  expect(
    Math.min(...['IMPOSSIBLE', 'ALWAYS_TRUE', 'REDUNDANT', 'SUBSET_OF'].map((code) => met.get(code) ?? 0)),
  ).toBeGreaterThan(5);
  expect([...met.keys()]).toEqual(expect.arrayContaining(['UNREACHABLE', 'UNEQUAL_LITERAL']));
}, 60_000);

test('days, months and days of the calendar are told apart only where they are, in any month', () => {
  const field = { var: 'joined' };
  const spans = [27, 28, 29, 30, 31, 32, 39, 59, 62, 365, 366];
  const dayBefore = (count: number) => new Date(Date.UTC(2026, 2, 1 - count)).toISOString().slice(0, 10);
  const conditions: readonly Rule[] = [
    ...spans.map((count): Rule => ({ within_last: [field, count, 'day'] })),
    ...spans.map((count): Rule => ({ '>=': [{ days_since: [field] }, count] })),
    ...spans.map((count): Rule => ({ '<=': [field, dayBefore(count)] })),
  ];
  const months: readonly Rule[] = [1, 2, 12].map((count) => ({ within_last: [field, count, 'month'] }));
  const rows = moments.flatMap(({ day }) =>
    [...spans, 0, 33, 40, 60, 61, 364, 367].map((before) =>
      fullRow({ joined: new Date((day - before) * 86_400_000).toISOString().slice(0, 10) }),
    ),
  );
  const met = new Map<string, number>();
  for (const month of months) for (const each of conditions) proven({ and: [each, month] }, rows, met);
  expect([...met.keys()].toSorted()).toEqual(['IMPOSSIBLE', 'SUBSET_OF']);
});
