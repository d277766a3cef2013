import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activeSegment, createFields, membershipErrors, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'spend', type: 'NUMBER', label: '消费' },
    { key: 'level', type: 'NUMBER', label: '等级' },
  ]);
});
afterAll(() => server.close());

const SAVE = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { version } } }';

test('P77: a rule that is edited while customers are saved holds for everybody at the end, and history names its versions', async () => {
  const segment = await activeSegment(server, 'spenders', { '>': [{ var: 'spend' }, 5] });
  const customers = await Promise.all(
    Array.from({ length: 40 }, async (_, n) => (await saveCustomer(server, { values: { spend: n } })).customer.id),
  );
  const saves = customers.map(async (id, n) => {
    for (let round = 1; round <= 5; round += 1)
      await server.call(SAVE, { input: { id, version: round, values: { spend: (n * 7 + round * 13) % 40 } } });
  });
  let { version } = segment;
  for (const bound of [10, 20, 30, 5, 15]) {
    const { saveSegment } = await server.ask<{ saveSegment: { version: number } }>(
      'mutation ($input: SegmentInput!) { saveSegment(input: $input) { version } }',
      { input: { id: segment.id, version, key: 'spenders', name: 'x', rule: { '>': [{ var: 'spend' }, bound] } } },
    );
    version = saveSegment.version;
  }
  await Promise.all(saves);

  expect(await membershipErrors(server)).toBe(0);
  const strangers = await server.database.source.query<{ count: number }[]>(
    `select count(*) as count from membership_change c
      where c.cause = 'RULE'
        and not exists (select 1 from segment_version v where v.segment_id = c.segment_id and v.number = c.rule_version)`,
  );
  expect(strangers).toEqual([{ count: 0 }]);
});

/** What a job that changes everybody came to. */
interface Ended {
  readonly status: string;
  readonly error: string | null;
  readonly result: { readonly changed: number; readonly unchanged: number; readonly refusedCount: number } | null;
}

async function start(): Promise<string> {
  const { job } = await server.ask<{ job: { id: string } }>(
    'mutation { job: updateCustomers(selection: { matching: {} }, values: { level: 3 }) { id } }',
  );
  return job.id;
}

async function ended(id: string): Promise<Ended> {
  for (;;) {
    const { job } = await server.ask<{ job: Ended }>('query ($id: ID!) { job(id: $id) { status error result } }', {
      id,
    });
    if (job.status !== 'QUEUED' && job.status !== 'RUNNING') return job;
    await sleep(20);
  }
}

test('P78: a field that is archived while a job changes it: each customer is changed or told as refused, and a rerun is clean', async () => {
  const { customers: all } = await server.ask<{ customers: { totalCount: number } }>('{ customers { totalCount } }');
  const first = await start();
  await server.ask('mutation { archiveField(key: "level") { key } }');
  const { status, error, result } = await ended(first);
  if (status === 'FAILED') expect(error).toMatch(/\S/);
  else expect(result!.changed + result!.unchanged + result!.refusedCount).toBe(all.totalCount);

  await server.ask('mutation { restoreField(key: "level") { key } }');
  expect(await ended(await start())).toMatchObject({ status: 'SUCCEEDED', result: { refusedCount: 0 } });
  const { customers } = await server.ask<{ customers: { totalCount: number } }>(
    'query ($filter: Rule) { customers(filter: $filter) { totalCount } }',
    { filter: { '!=': [{ var: 'level' }, 3] } },
  );
  expect(customers.totalCount).toBe(0);
});
