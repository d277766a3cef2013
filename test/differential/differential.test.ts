import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { suites, suiteCatalogue, suiteMoment } from '@kequn/rules/suites';
import { checkRule, SqlParameters } from '@kequn/rules';
import { Coverage } from './coverage.ts';
import { counterexamples } from './counterexamples.ts';
import { compareBackEnds, realBackEnds, report, stillPart } from './differential.ts';
import { faults } from './faults.ts';

const client = new pg.Client({ connectionString: inject('clusterUrl') });
beforeAll(() => client.connect());
afterAll(() => client.end());

test('JS, SQL and json-logic-js give one verdict on 20,000 random pairs', async () => {
  const coverage = new Coverage();
  const seed = Date.now() % 2 ** 31;
  const outcome = await compareBackEnds(client, { pairs: 20_000, seed, onRule: (rule) => coverage.count(rule) });
  expect(report(outcome)).toMatch(/, 0 disagreements$/);
  expect(outcome.pairs).toBeGreaterThanOrEqual(20_000);
  expect(coverage.missing.length).toBeLessThan(20);
}, 120_000);

test('what back ends ever parted on, they agree on', async () => {
  const parted = [];
  for (const each of counterexamples()) if (await stillPart(client, each)) parted.push(each);
  expect(parted).toEqual([]);
});

test.each(Object.entries(faults))(
  'the comparison can fail: it finds that %s',
  async (_name, backEnds) => {
    const outcome = await compareBackEnds(client, { pairs: 1_000_000, seed: 1, backEnds, asMet: true });
    expect(outcome.disagreements).toHaveLength(1);
  },
  120_000,
);

test('a disagreement is shrunk to a small case', async () => {
  const backEnds = faults['a null guard is dropped']!;
  const asMet = await compareBackEnds(client, { pairs: 20_000, seed: 1, backEnds, asMet: true });
  const shrunk = await compareBackEnds(client, { pairs: 20_000, seed: 1, backEnds });
  const sizeOf = ({ disagreements }: typeof shrunk) => JSON.stringify(disagreements[0]!.rule).length;
  expect(sizeOf(shrunk)).toBeLessThanOrEqual(sizeOf(asMet));
  expect(sizeOf(shrunk)).toBeLessThan(150);
}, 120_000);

test('the SQL of a rule holds no byte of what the rule says', () => {
  for (const { rule } of Object.values(suites).flat()) {
    const outcome = checkRule(rule, suiteCatalogue);
    if (!outcome.ok) throw new Error('a suite holds what is no rule');
    const sql = realBackEnds.toSql(outcome.value, new SqlParameters(), suiteMoment);
    expect(sql).toMatch(/^[a-zA-Z0-9_$"=<>()[\]:., &@*+/-]*$/);
  }
});
