import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  checkRule,
  compileRule,
  momentAt,
  readsClock,
  scheduleRule,
  scheduleToSql,
  SqlParameters,
  type Moment,
  type Node,
  type Row,
  type Rule,
} from '@kequn/rules';
import { arbitraryRow, arbitraryRule, fullRow, suiteCatalogue } from '@kequn/rules/suites';
import { momentFrom } from '../../rules/src/schedule/clock.ts';
import { storeRows } from './differential.ts';
import { customerInTime, ruleInTime } from './times.ts';

const isFull = Boolean(process.env['FULL_PROOFS']);
const HOUR = 3_600_000;
/** Without the full proof one looks every few hours, which is no divisor of a day. */
const STEP = isFull ? HOUR : 5 * HOUR;
const YEARS = 5 * 365 * 24 * HOUR;

/** Where and since when: changes of clocks by an hour and by half of one, and over midnight, offsets of quarters, a day that was skipped. */
const places = [
  ['Asia/Shanghai', '2026-02-28T17:04:05.678Z'],
  ['America/New_York', '2023-12-31T23:59:59.999Z'],
  ['Australia/Lord_Howe', '2024-02-20T00:00:00.000Z'],
  ['Asia/Kathmandu', '2025-03-01T18:15:00.000Z'],
  ['Pacific/Apia', '2009-06-15T10:00:00.000Z'],
  ['Atlantic/Azores', '2024-10-01T12:00:00.000Z'],
] as const;

function checked(rule: Rule): Node {
  const outcome = checkRule(rule, suiteCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify({ rule, problems: outcome.problems }));
  return outcome.value;
}

/** What was announced to those who walked. */
interface Told {
  announced: number;
  inVain: number;
}

/** Walks from one announced instant to the next, and gives the first change that was not announced. */
function missed(rule: Node, row: Row, [timeZone, start]: (typeof places)[number], told: Told): string | undefined {
  const [holds, next] = [compileRule(rule), scheduleRule(rule)];
  const place = momentAt(start, timeZone);
  const at = (instant: number): Moment => momentFrom(instant, place);
  const end = Date.parse(start) + YEARS;
  for (let from = Date.parse(start), steps = 0; from < end && steps < 2_000; steps += 1) {
    const before = holds(row, at(from));
    const announced = next(row, at(from));
    const until = announced === null ? Infinity : Date.parse(announced);
    if (until <= from) return `${at(from).now} again`;
    for (let look = (Math.floor(from / STEP) + 1) * STEP; look < Math.min(until, end); look += STEP)
      if (holds(row, at(look)) !== before) return at(look).now;
    if (until > end) return undefined;
    if (holds(row, at(until - 1)) !== before) return at(until - 1).now;
    told.announced += 1;
    if (holds(row, at(until)) === before) told.inVain += 1;
    from = until;
  }
  return undefined;
}

describe('what time alone changes is announced: five years of hours find no other change', () => {
  // One rule may be announced in vain for years, by a reckoning that nothing sees through: what counts is how many such rules there are.
  test.each([
    [
      'rules of all kinds',
      arbitraryRule.filter((rule) => readsClock(checked(rule))),
      arbitraryRow,
      { pairs: 500, most: 20 },
    ],
    [
      'rules about time',
      ruleInTime.filter((rule) => readsClock(checked(rule))),
      customerInTime,
      { pairs: 100, most: 50 },
    ],
  ])(
    'of %s',
    (name, rules, rows, { pairs, most }) => {
      const tellings: Told[] = [];
      fc.assert(
        fc.property(rules, rows, fc.constantFrom(...places), (rule, row, place) => {
          const told = { announced: 0, inVain: 0 };
          expect(missed(checked(rule), fullRow(row), place, told)).toBeUndefined();
          tellings.push(told);
        }),
        { numRuns: isFull ? pairs : 25 },
      );
      const announced = tellings.filter((told) => told.announced > 0);
      const inVain = announced.filter((told) => 2 * told.inVain > told.announced);
      const share = (100 * inVain.length) / Math.max(1, announced.length);
      process.stdout.write(`${name}: ${announced.length} announced to, ${share.toFixed(1)} % mostly in vain\n`);
      if (isFull) expect(share).toBeLessThan(most);
    },
    600_000,
  );
});

/** The schedule of a rule over the tables of random customers. */
function scheduleInSql(rule: Node, moment: Moment, parameters: SqlParameters): string {
  return scheduleToSql(rule, {
    column: ({ key }) => `c."${key}"`,
    events: (type) => ({
      from: `pg_temp.event e WHERE e.n = c.n AND e.type = ${parameters.add(type)}`,
      order: ['e.at, e.id', 'e.at DESC, e.id DESC'],
      property: ({ key }) => `e."${key}"`,
    }),
    member: (segmentKey) => `(${parameters.add(segmentKey)} = ANY (c.segments))`,
    parameter: (value) => parameters.add(value),
    moment,
  });
}

describe('SQL announces what JS does, or an instant before it', () => {
  const client = new pg.Client({ connectionString: inject('clusterUrl') });
  beforeAll(() => client.connect());
  afterAll(() => client.end());

  async function announced(rule: Node, moment: Moment): Promise<readonly (string | null)[]> {
    const parameters = new SqlParameters();
    const sql = scheduleInSql(rule, moment, parameters);
    const { rows } = await client.query<{ all: (string | null)[] }>(
      `select array_agg(to_json(${sql})::text order by n) as all from pg_temp.customer c`,
      parameters.values,
    );
    return rows[0]!.all;
  }

  test.each([
    ['rules of all kinds', arbitraryRule.filter((rule) => readsClock(checked(rule))), arbitraryRow],
    ['rules about time', ruleInTime.filter((rule) => readsClock(checked(rule))), customerInTime],
  ])(
    'of %s',
    async (_name, rules, customers) => {
      const rows = fc.sample(customers, isFull ? 50 : 10).map(fullRow);
      await storeRows(client, rows);
      const property = fc.asyncProperty(rules, fc.constantFrom(...places), async (rule, [timeZone, now]) => {
        const [node, moment] = [checked(rule), momentAt(now, timeZone)];
        const [inJs, inSql] = [scheduleRule(node), await announced(node, moment)];
        for (const [n, row] of rows.entries()) {
          const [js, sql] = [inJs(row, moment), inSql[n] ?? null];
          const at = sql === null ? Infinity : Date.parse(sql.slice(1, -1));
          const isRight = at > Date.parse(now) && at <= (js === null ? Infinity : Date.parse(js));
          if (!isRight) throw new Error(JSON.stringify({ timeZone, now, js, sql, row }));
        }
      });
      await fc.assert(property, { numRuns: isFull ? 500 : 25 });
    },
    600_000,
  );
});
