import { setTimeout as sleep } from 'node:timers/promises';
import { retail } from '@kequn/seeds';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { builtInRoles } from '../access/role.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { startServer } from '../server.ts';
import { createFields, membershipErrors, saveCustomer } from '../testing/calls.ts';
import { admin, createTestDatabase, startTestServer, type TestServer } from '../testing/test-server.ts';

// A machine that runs other tests beside this one takes several times as long.
vi.setConfig({ testTimeout: 120_000 });

const LOAD = 'mutation { job: loadDemo { id kind status total } }';
const LOOK = 'query ($id: ID!) { job(id: $id) { status done total result error } }';

interface Job {
  readonly id: string;
  readonly status: string;
}

async function refusal(server: TestServer, token?: string): Promise<unknown> {
  const { errors } = await server.call(LOAD, {}, token ? { token } : {});
  return errors?.map(({ message, extensions: { code } }) => `${code} ${message}`);
}

async function loaded(server: TestServer): Promise<Job> {
  const { job } = await server.ask<{ job: Job }>(LOAD);
  for (;;) {
    const { job: now } = await server.ask<{ job: Job }>(LOOK, { id: job.id });
    if (now.status !== 'QUEUED' && now.status !== 'RUNNING') return now;
    await sleep(20);
  }
}

interface Content {
  readonly fields: readonly { key: string; system: boolean }[];
  readonly customers: { readonly totalCount: number };
  readonly segments: readonly { name: string; status: string; memberCount: number; ruleText: string }[];
}
const CONTENT =
  '{ fields { key system } customers(first: 1) { totalCount } segments { name status memberCount ruleText } }';

describe('the demo data', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  test('is for administrators alone', async () => {
    for (const role of [builtInRoles.manager, builtInRoles.staff]) {
      expect(await refusal(server, await server.signInAs([role]))).toEqual([expect.stringMatching(/^FORBIDDEN/)]);
    }
  });

  test('fills an empty system with 25 fields, 2,000 customers with what they did, and 14 segments that divide them', async () => {
    const started = performance.now();
    const job = await loaded(server);
    process.stdout.write(`demo data: loaded in ${((performance.now() - started) / 1_000).toFixed(1)} s\n`);
    const count = 'select count(*)::int as events from event';
    const [{ events }] = await server.database.source.query<[{ events: number }]>(count);
    const result = { fields: 25, customers: 2_000, events, segments: 14 };
    const total = 2_039 + events;
    expect(events).toBeGreaterThan(10_000);
    expect(job).toEqual({ status: 'SUCCEEDED', done: total, total, result, error: null });
    const { fields, customers, segments } = await server.ask<Content>(CONTENT);
    expect(fields.filter(({ system }) => !system).map(({ key }) => key)).toEqual(retail.fields.map(({ key }) => key));
    expect(customers.totalCount).toBe(2_000);
    expect(segments.map(({ name }) => name).toSorted()).toEqual(retail.segments.map(({ name }) => name.en).toSorted());
    for (const { status, memberCount } of segments) {
      expect(status).toBe('ACTIVE');
      expect(memberCount).toBeGreaterThan(0);
      expect(memberCount).toBeLessThan(2_000);
    }
    expect(await membershipErrors(server)).toBe(0);
  });

  test('is refused where there is something already', async () => {
    expect(await refusal(server)).toEqual([expect.stringMatching(/^VALIDATION_FAILED/)]);
  });
});

test('of two who ask at once one is refused, and a job that was cancelled goes on', async () => {
  const server = await startTestServer();
  const answers = await Promise.all([server.call<{ job: Job | null }>(LOAD), server.call<{ job: Job | null }>(LOAD)]);
  expect(answers.filter(({ errors }) => errors).length).toBe(1);
  const id = answers.find(({ data }) => data?.job)?.data.job?.id;
  const look = async () => (await server.ask<{ job: { status: string; done: number } }>(LOOK, { id })).job;
  while ((await look()).done < 100) await sleep(20);
  await server.ask('mutation ($id: ID!) { cancelJob(id: $id) { id } }', { id });
  while ((await look()).status !== 'CANCELLED') await sleep(20);
  await server.ask('mutation ($id: ID!) { retryJob(id: $id) { id } }', { id });
  while ((await look()).status !== 'SUCCEEDED') await sleep(20);
  const { customers, segments } = await server.ask<Content>(CONTENT);
  expect([customers.totalCount, segments.length]).toEqual([2_000, 14]);
  await server.close();
});

test('a customer without fields is something too', async () => {
  const server = await startTestServer();
  await saveCustomer(server, { values: {} });
  expect(await refusal(server)).toEqual([expect.stringMatching(/^VALIDATION_FAILED/)]);
  await server.close();
});

describe('a start with DEMO=1', () => {
  const start = (databaseUrl: string) => {
    const env = { PORT: '0', HOST: '127.0.0.1', DEMO: '1', ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password };
    return startServer({ config: readConfig(env), databaseUrl, log: createLog('error') });
  };
  const countOf = async ({ database }: Awaited<ReturnType<typeof start>>) => {
    const [count] = await database.source.query<object[]>(
      `select (select count(*) from customer) as customers, (select count(*) from segment where status = 'ACTIVE') as segments`,
    );
    return count;
  };

  test('fills an empty system, once', async () => {
    const url = await createTestDatabase();
    for (let starts = 0; starts < 2; starts += 1) {
      const server = await start(url);
      await server.filled;
      expect(await countOf(server)).toEqual({ customers: 2_000, segments: 14 });
      await server.close();
    }
  });

  test('leaves what is there', async () => {
    const url = await createTestDatabase();
    const first = await startTestServer({ databaseUrl: url });
    await createFields(first, [{ key: 'name', type: 'TEXT', label: 'Name' }]);
    await first.close();
    const server = await start(url);
    await server.filled;
    expect(await countOf(server)).toEqual({ customers: 0, segments: 0 });
    await server.close();
  });
});
