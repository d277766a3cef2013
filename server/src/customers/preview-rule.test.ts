import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'spend', type: 'NUMBER', label: '消费' },
    { key: 'city', type: 'TEXT', label: '城市' },
  ]);
});
afterAll(() => server.close());

const PREVIEW = `query ($rule: Rule!, $estimate: Boolean) { previewRule(rule: $rule, estimate: $estimate) {
  count exact margin total dependsOn conditions { path count exact margin } } }`;
interface Preview {
  count: number;
  exact: boolean;
  margin: number;
  total: number;
  conditions: { path: string; count: number; exact: boolean; margin: number }[];
}
const preview = async (rule: unknown, estimate: boolean) =>
  (await server.ask<{ previewRule: Preview }>(PREVIEW, { rule, estimate })).previewRule;

const rule = { and: [{ '<': [{ var: 'spend' }, 30] }, { '==': [{ var: 'city' }, 'rare'] }] };

test('of few customers an estimate is the exact count', async () => {
  await saveCustomer(server, { values: { spend: 1, city: 'rare' } });
  expect(await preview(rule, true)).toEqual({
    count: 1,
    exact: true,
    margin: 0,
    total: 1,
    dependsOn: ['spend', 'city'],
    conditions: [
      { path: '/and/0', count: 1, exact: true, margin: 0 },
      { path: '/and/1', count: 1, exact: true, margin: 0 },
    ],
  });
});

test('what a rule says in vain is found, with its place, in the language of the reader', async () => {
  await createFields(server, [{ key: 'note', type: 'TEXT', label: '备注', labels: { en: 'Note' } }]);
  const FIND = 'query ($rule: Rule!) { previewRule(rule: $rule) { findings { kind path message } } }';
  const findings = async (asked: unknown) =>
    (await server.ask<{ previewRule: { findings: unknown[] } }>(FIND, { rule: asked })).previewRule.findings;
  expect(await findings(rule)).toEqual([]);
  const impossible = { and: [{ '>': [{ var: 'spend' }, 5] }, { '<': [{ var: 'spend' }, 5] }] };
  expect(await findings({ or: [impossible, { '==': [{ var: 'note' }, 'x'] }] })).toMatchObject([
    { kind: 'IMPOSSIBLE', path: '/or/0' },
    { kind: 'NEVER_FILLED', path: '/or/1', message: 'No customer has a value of Note yet' },
  ]);
});

test('the values of a field of numbers are spread over ranges of one width', async () => {
  const SPREAD = 'query ($key: ID!) { fieldDistribution(fieldKey: $key) { min max shares } }';
  for (const spend of [1, 1, 11, 21]) await saveCustomer(server, { values: { spend } });
  const { fieldDistribution } = await server.ask<{ fieldDistribution: { min: number; max: number; shares: number[] } }>(
    SPREAD,
    { key: 'spend' },
  );
  expect(fieldDistribution).toMatchObject({ min: 1, max: 21 });
  expect(fieldDistribution.shares.map((share, index) => [index, share]).filter(([, share]) => share !== 0)).toEqual([
    [0, 0.6],
    [10, 0.2],
    [19, 0.2],
  ]);
  for (const key of ['nope', 'city']) expect((await server.call(SPREAD, { key })).errors).toHaveLength(1);
  await server.database.source.query('delete from customer where f_spend > 1 or f_city is null');
});

test('of a sensitive field nothing is told that fewer than ten customers stand behind', async () => {
  await createFields(server, [{ key: 'income', type: 'NUMBER', label: '收入', sensitive: true }]);
  const have = (...values: number[]) =>
    server.database.source.query(
      `insert into customer (id, version, created_at, updated_at, f_income)
       select gen_random_uuid(), 1, now(), now(), unnest($1::float8[])`,
      [values],
    );
  const told = async () => {
    const { fieldDistribution } = await server.ask<{
      fieldDistribution: { min: number | null; max: number | null; shares: number[] };
    }>('{ fieldDistribution(fieldKey: "income") { min max shares } }');
    const { min, max, shares } = fieldDistribution;
    return { min, max, shares: shares.flatMap((share, index) => (share === 0 ? [] : [[index, share]])) };
  };
  const nothing = { min: null, max: null, shares: [] };
  const times = (count: number, value: number) => Array.from({ length: count }, () => value);
  await have(5_432);
  expect(await told()).toEqual(nothing);
  await have(...times(18, 100));
  expect(await told()).toEqual(nothing);
  // Two of 50 alone in the middle, one far below and one far above; all that ten share is told.
  await have(-7_000, 150, 150, ...times(10, 200), ...times(18, 100));
  expect(await told()).toEqual({
    min: 100,
    max: 200,
    shares: [
      [0, 37 / 50],
      [19, 11 / 50],
    ],
  });
  await server.database.source.query('delete from customer where f_income is not null');
  await have(...times(40, 100));
  expect(await told()).toEqual(nothing);
  await server.database.source.query('delete from customer where f_income is not null');
});

test('of many it comes from a sample, and the exact count lies within its margin nearly always', async () => {
  // Customers who came together are alike: spend grows with the order in which they are stored.
  await server.database.source.query(
    `insert into customer (id, version, created_at, updated_at, f_spend, f_city)
     select gen_random_uuid(), 1, now(), now(), (n / 1200)::float8, case when n % 1000 = 0 then 'rare' else 'usual' end
       from generate_series(1, 120000) as n`,
  );
  const exact = await preview({ '<': [{ var: 'spend' }, 30] }, false);
  expect(exact).toMatchObject({ exact: true, margin: 0, total: 120_001 });
  const estimates = [];
  for (let time = 0; time < 20; time += 1) estimates.push(await preview({ '<': [{ var: 'spend' }, 30] }, true));
  expect(estimates.every((each) => !each.exact && each.margin > 0 && each.margin < 40_000)).toBe(true);
  const within = estimates.filter(({ count, margin }) => Math.abs(count - exact.count) <= margin);
  // At 95 % fewer than 15 of 20 have a chance below 1 in 3,000.
  expect(within.length).toBeGreaterThanOrEqual(15);
  const { conditions } = await preview(rule, true);
  expect(conditions.map((each) => each.exact)).toEqual([false, false]);
});
