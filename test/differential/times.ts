import fc from 'fast-check';
import { withEvents, withSegments, type Row, type Rule } from '@kequn/rules';

/** Days from which something is asked: ends of months, leap days, and any of ten years. */
const days = fc.oneof(
  fc.constantFrom('2024-02-29', '2025-02-28', '2026-01-31', '2026-02-28', '2026-03-31', '2028-02-29', '2027-12-31'),
  {
    weight: 2,
    arbitrary: fc.integer({ min: 19_000, max: 22_600 }).map((day) => instantOf(day * 86_400_000).slice(0, 10)),
  },
  fc.constantFrom('0001-01-01', '9999-12-31'),
);
const instants = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.integer({ min: 0, max: 315_000_000 }).map((second) => instantOf((1_640_000_000 + second) * 1000 + 7)),
  },
  fc.constantFrom(
    '2026-02-28T15:59:59.999Z',
    '2026-01-31T04:00:00.000Z',
    '0001-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
  ),
);
const counts = fc.constantFrom(0, 1, -1, 2, 3, 7, -7, 12, 18, 28, 30, 31, 365, 2.5, 119_999, -24_000);

function instantOf(at: number): string {
  return new Date(at).toISOString();
}

const events = fc
  .array(fc.record({ at: instants, amount: counts, delivered: fc.option(days), paid: fc.boolean() }), { maxLength: 4 })
  .map((list) => list.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at))));

/** Random customers whose times lie near those at which they are asked about. */
export const customerInTime: fc.Arbitrary<Row> = fc
  .tuple(
    fc.record({
      born: fc.option(days),
      joined: days,
      created_at: instants,
      updated_at: fc.option(instants),
      charges: fc.option(counts),
      tenure: counts,
      vip: fc.option(fc.boolean()),
    }),
    events,
  )
  .map(([row, order]) => withSegments(withEvents(row, { order, visit: [] }), []));

const calendarUnits = ['day', 'week', 'month', 'year'] as const;
const numberField = fc.constantFrom<Rule>({ var: 'charges' }, { var: 'tenure' });
const compares = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const several = fc.constantFrom('<', '<=');
const by = fc.oneof({ weight: 3, arbitrary: counts as fc.Arbitrary<Rule> }, numberField);

const moved = (time: fc.Arbitrary<Rule>, units: readonly string[]): fc.Arbitrary<Rule> =>
  fc.tuple(time, by, fc.constantFrom(...units)).map((operands): Rule => ({ date_add: operands }));
const chosen = (time: fc.Arbitrary<Rule>, condition: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> =>
  fc.tuple(condition, time, time).map((operands): Rule => ({ if: operands }));

const parts = fc.letrec<Record<'day' | 'instant' | 'list' | 'condition', Rule>>((tie) => ({
  day: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Rule>({ today: [] }, { var: 'born' }, { var: 'joined' }),
    moved(tie('day'), calendarUnits),
    fc.constant<Rule>({ today: [] }),
    chosen(tie('day'), tie('condition')),
    tie('list').map((list): Rule => ({ last: [list, 'delivered'] })),
  ),
  instant: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Rule>({ now: [] }, { var: 'created_at' }, { var: 'updated_at' }),
    moved(tie('instant'), ['hour', ...calendarUnits]),
    fc.constant<Rule>({ now: [] }),
    chosen(tie('instant'), tie('condition')),
    tie('list').map((list): Rule => ({ max_of: [list, 'at'] })),
  ),
  list: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant<Rule>({ var: 'events.order' }),
    fc
      .tuple(
        fc.constantFrom('within_last', 'within_next'),
        fc.constantFrom('at', 'delivered'),
        counts,
        fc.constantFrom(...calendarUnits),
      )
      .map(([key, name, n, unit]): Rule => ({
        filter: [{ var: 'events.order' }, { [key]: [{ var: name }, Math.max(1, Math.abs(Math.round(n))) % 366, unit] }],
      })),
    fc
      .tuple(tie('list'), compares, counts)
      .map(([list, key, n]): Rule => ({ filter: [list, { [key]: [{ days_since: [{ var: 'at' }] }, n] }] })),
  ),
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(
        fc.constantFrom('within_last', 'within_next'),
        tie('day'),
        fc.constantFrom(1, 7, 30, 365),
        fc.constantFrom(...calendarUnits),
      )
      .map(([key, ...operands]): Rule => ({ [key]: operands })),
    fc
      .tuple(
        fc.constantFrom('within_last', 'within_next'),
        tie('instant'),
        fc.constantFrom(1, 5, 30),
        fc.constantFrom('hour', ...calendarUnits),
      )
      .map(([key, ...operands]): Rule => ({ [key]: operands })),
    fc
      .tuple(
        compares,
        fc.constantFrom('days_since', 'days_until', 'years_since', 'days_to_anniversary'),
        fc.oneof(tie('day'), tie('instant')),
        by,
      )
      .map(([key, number, time, n]): Rule => ({ [key]: [{ [number]: [time] }, n] })),
    fc
      .tuple(several, by, fc.constantFrom('days_since', 'days_until'), tie('day'), by)
      .map(([key, low, number, time, high]): Rule => ({ [key]: [low, { [number]: [time] }, high] })),
    fc
      .tuple(
        tie('instant'),
        fc.constantFrom('hour', 'weekday', 'month', 'day', 'year'),
        compares,
        fc.constantFrom(1, 2, 4, 9, 30, 2027),
      )
      .map(([time, part, key, n]): Rule => ({ [key]: [{ part: [time, part] }, n] })),
    fc
      .tuple(
        tie('day'),
        fc.constantFrom('weekday', 'month', 'day', 'year'),
        fc.array(fc.constantFrom(1, 2, 5, 7, 11, 29, 31, 2028)),
      )
      .map(([time, part, list]): Rule => ({ in: [{ part: [time, part] }, list] })),
    fc.tuple(compares, tie('day'), tie('day')).map(([key, a, b]): Rule => ({ [key]: [a, b] })),
    fc.tuple(compares, tie('instant'), tie('instant')).map(([key, a, b]): Rule => ({ [key]: [a, b] })),
    fc.tuple(several, tie('instant'), tie('instant'), tie('instant')).map(([key, ...all]): Rule => ({ [key]: all })),
    fc.tuple(tie('instant'), fc.array(instants)).map((operands): Rule => ({ in: operands as Rule })),
    fc
      .tuple(compares, tie('list'), fc.constantFrom(0, 1, 2))
      .map(([key, list, n]): Rule => ({ [key]: [{ count: [list] }, n] })),
    fc
      .tuple(compares, tie('list'), numberField)
      .map(([key, list, n]): Rule => ({ [key]: [{ sum: [list, 'amount'] }, n] })),
    fc
      .tuple(fc.constantFrom('==', '!='), fc.oneof(tie('day'), tie('instant')))
      .map(([key, time]): Rule => ({ [key]: [time, null] })),
    fc
      .tuple(compares, tie('day'), numberField)
      .map(([key, time, n]): Rule => ({ [key]: [{ '/': [{ days_since: [time] }, 7] }, n] })),
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('condition'), { minLength: 1, maxLength: 3 }))
      .map(([key, operands]): Rule => ({ [key]: operands })),
    tie('condition').map((condition): Rule => ({ '!': [condition] })),
    fc.tuple(tie('condition'), tie('condition')).map((operands): Rule => ({ '==': operands })),
  ),
}));

/** Random rules about time: every operation that reads the clock, on what stands still and on what moves. */
export const ruleInTime: fc.Arbitrary<Rule> = parts.condition;
