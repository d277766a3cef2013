import { checkRule, momentAt, ruleToSql, SqlParameters, type Node, type Rule } from '@kequn/rules';
import { customerTarget } from '../../server/src/fields/customer-table.ts';
import type { BenchServer } from './bench-database.ts';
import { benchCatalogue } from './bench-fields.ts';
import { segmentConditions, segmentRule } from './segment-rules.ts';
import type { Section } from './section.ts';
import { compared, timedInTurns } from './timings.ts';

const RULES = 50;
/** The instant at which rules are asked. */
export const moment = momentAt(new Date().toISOString(), benchCatalogue.timeZone);

/** Many rules counted over all customers: one after the other, and in one scan. */
export const oneScanSection: Section = {
  name: 'one-scan',
  about: `${RULES} rules of ${segmentConditions.length} conditions counted over everybody`,
  async run({ filled }) {
    const server = await filled();
    const rules = Array.from({ length: RULES }, (_, n) => checked(segmentRule(n)));
    const ways = [
      { what: '50 single counts', goal: '', count: () => oneByOne(server, rules) },
      { what: 'one scan', goal: '≤ 0.4 ×', count: () => inOneScan(server, rules) },
    ];
    const counts = [];
    for (const { count } of ways) counts.push(JSON.stringify(await count()));
    if (new Set(counts).size > 1) throw new Error('The ways do not agree');
    const timings = await timedInTurns(
      ways.map(({ what, count }) => ({ what, work: count })),
      5,
      1,
    );
    return timings.map((each, index) => compared(each, timings[0]!, ways[index]!.goal));
  },
};

/** How many customers each rule holds for, by one statement a rule. */
export async function oneByOne(
  { system: { database } }: BenchServer,
  rules: readonly Node[],
): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const rule of rules) {
    const parameters = new SqlParameters();
    const condition = ruleToSql(rule, customerTarget(parameters, moment));
    const [row] = await database.source.query<{ count: number }[]>(
      `select count(*)::int as count from customer c where ${condition}`,
      parameters.values,
    );
    counts.push(row!.count);
  }
  return counts;
}

async function inOneScan({ system: { database } }: BenchServer, rules: readonly Node[]): Promise<readonly number[]> {
  const parameters = new SqlParameters();
  const target = customerTarget(parameters, moment);
  const counts = rules.map((rule) => `count(*) filter (where ${ruleToSql(rule, target)})`);
  const [row] = await database.source.query<{ counts: number[] }[]>(
    `select array[${counts.join(', ')}]::int[] as counts from customer c`,
    parameters.values,
  );
  return row!.counts;
}

/** @throws {Error} with the problems of the rule. */
export function checked(rule: Rule): Node {
  const outcome = checkRule(rule, benchCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}
