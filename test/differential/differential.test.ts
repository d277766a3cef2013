import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { suites, suiteCatalogue } from '@kequn/rules/suites';
import { checkRule, SqlParameters } from '@kequn/rules';
import { compareBackEnds, realSql, report } from './differential.ts';

const client = new pg.Client({ connectionString: inject('clusterUrl') });
beforeAll(() => client.connect());
afterAll(() => client.end());

test('JS, SQL and json-logic-js give one verdict on 20,000 random pairs', async () => {
  const outcome = await compareBackEnds(client, 20_000, Date.now() % 2 ** 31);
  expect(report(outcome)).toMatch(/, 0 disagreements$/);
  expect(outcome.pairs).toBeGreaterThanOrEqual(20_000);
}, 120_000);

test('the comparison can fail: without its null guards SQL is found out', async () => {
  const unguarded = await compareBackEnds(client, 20_000, 1, (rule, parameters) =>
    realSql(rule, parameters).replaceAll('IS NOT TRUE', 'IS FALSE'),
  );
  expect(unguarded.disagreements).toHaveLength(1);
}, 120_000);

test('the SQL of a rule holds no byte of what the rule says', () => {
  for (const { rule } of Object.values(suites).flat()) {
    const outcome = checkRule(rule, suiteCatalogue);
    if (!outcome.ok) throw new Error('a suite holds what is no rule');
    expect(realSql(outcome.value, new SqlParameters())).toMatch(/^[a-zA-Z0-9_$"=<>()[\]:., &@*+/-]*$/);
  }
});
