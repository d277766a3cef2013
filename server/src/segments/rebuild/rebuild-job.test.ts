import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  activeSegment,
  createFields,
  membershipErrors,
  saveCustomer,
  saveSegment,
  setSegment,
  type SavedSegment,
} from '../../testing/calls.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;
let made = 0;

const over = (limit: number, key = 'spend') => ({ '>': [{ var: key }, limit] });

beforeAll(async () => {
  server = await startTestServer({ many: 2 });
  await createFields(
    server,
    ['spend', 'visits', 'orders'].map((key) => ({ key, type: 'NUMBER', label: key })),
  );
  for (const spend of [10, 60, 90]) await saveCustomer(server, { values: { spend, visits: 100 - spend } });
});
afterAll(() => server.close());
beforeEach(() => {
  made += 1;
});

async function asOwner(statement: string): Promise<void> {
  await server.database.source.query(`set role none; ${statement}; set role kequn_app`);
}

/** Until it is let go, jobs that rebuild wait in their queue. */
async function holdRebuilds(): Promise<() => Promise<void>> {
  const queue = (set: string) =>
    asOwner(`update graphile_worker._private_job_queues set ${set} where queue_name = 'segments.rebuild'`);
  await queue(`locked_at = now(), locked_by = 'test'`);
  return () => queue('locked_at = null, locked_by = null');
}

interface SeenSegment {
  readonly status: string;
  readonly version: number;
  readonly rule: unknown;
  readonly memberCount: number;
  readonly versions: readonly { readonly number: number }[];
  readonly job: { readonly id: string; readonly status: string; readonly cancellable: boolean } | null;
}

async function look(id: string): Promise<SeenSegment> {
  const { segment } = await server.ask<{ segment: SeenSegment }>(
    'query ($id: ID!) { segment(id: $id) { status version rule memberCount versions { number } job { id status cancellable } } }',
    { id },
  );
  return segment;
}

/** Saves a rule without waiting for it. */
async function saveRule({ id, version, key }: SavedSegment, rule: unknown): Promise<void> {
  await server.ask('mutation ($input: SegmentInput!) { saveSegment(input: $input, wait: false) { id } }', {
    input: { id, version, name: key, rule },
  });
}

async function ended(jobId: string): Promise<string> {
  for (;;) {
    const { job } = await server.ask<{ job: { status: string } }>('query ($id: ID!) { job(id: $id) { status } }', {
      id: jobId,
    });
    if (!['QUEUED', 'RUNNING'].includes(job.status)) return job.status;
    await sleep(20);
  }
}

async function refusalOf(mutation: string, variables: object): Promise<unknown> {
  const { errors } = await server.call(mutation, variables);
  return errors?.[0]?.extensions.code;
}

/** What rebuilds may leave behind: rows of their tables, and members of generations that no segment points at. */
async function leftBehind(): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const [row] = await server.database.source.query<{ rows: number }[]>(
      `select ((select count(*) from rebuild) + (select count(*) from touched)
             + (select count(*) from membership m where not exists (select from segment s where s.generation_id = m.generation_id)))::int as rows`,
    );
    if (row!.rows === 0 || tries === 50) return row!.rows;
    await sleep(50);
  }
}

describe('among many customers', () => {
  test('whoever waits gets the segment once it is right for everybody', async () => {
    const segment = await activeSegment(server, `big${made}`, over(50));
    expect(segment).toMatchObject({ status: 'ACTIVE', memberCount: 2 });
    const { id, version, key } = segment;
    const changed = await saveSegment(server, { id, version, name: key, rule: over(80) });
    expect(changed).toMatchObject({ version: version + 1, memberCount: 1 });
    expect((await look(id)).versions).toEqual([{ number: version + 1 }, { number: version }]);
    expect(await setSegment(server, 'pause', id)).toMatchObject({ status: 'PAUSED', memberCount: 0 });
    expect(await membershipErrors(server)).toBe(0);
    expect(await leftBehind()).toBe(0);
  });

  test('segments that ask for membership follow a pause, and a deletion takes the members out', async () => {
    const big = await activeSegment(server, `big${made}`, over(50));
    const others = await activeSegment(server, `others${made}`, { '!': [{ in_segment: [big.key] }] });
    expect(others.memberCount).toBe(1);
    await setSegment(server, 'pause', big.id);
    expect((await look(others.id)).memberCount).toBe(3);
    const { deleteSegment } = await server.ask<{ deleteSegment: boolean }>(
      'mutation ($id: ID!) { deleteSegment(id: $id) }',
      { id: others.id },
    );
    expect([deleteSegment, await leftBehind(), await membershipErrors(server)]).toEqual([true, 0, 0]);
  });

  test('until the job ends, members and rule are those of before, and no other change of the segment begins', async () => {
    const segment = await activeSegment(server, `big${made}`, over(50));
    const letGo = await holdRebuilds();
    await saveRule(segment, over(80));
    const { id } = segment;
    const meanwhile = await look(id);
    expect(meanwhile).toMatchObject({ version: 2, rule: over(50), memberCount: 2, job: { cancellable: true } });
    const again = { id, version: 2, name: 'x', rule: over(1) };
    const save = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }';
    expect(await refusalOf(save, { input: again })).toBe('VALIDATION_FAILED');
    expect(await refusalOf('mutation ($id: ID!) { pauseSegment(id: $id) { id } }', { id })).toBe('VALIDATION_FAILED');
    await letGo();
    expect(await ended(meanwhile.job!.id)).toBe('SUCCEEDED');
    expect(await look(id)).toMatchObject({ version: 2, rule: over(80), memberCount: 1, job: null });
  });

  test('cancelled, everything stays as it was, and what the rule was to read is free again', async () => {
    const segment = await activeSegment(server, `big${made}`, over(50));
    const letGo = await holdRebuilds();
    await saveRule(segment, over(3, 'orders'));
    const archive = 'mutation { archiveField(key: "orders") { key } }';
    expect(await refusalOf(archive, {})).toBe('IN_USE');
    const { job } = await look(segment.id);
    await server.ask('mutation ($id: ID!) { cancelJob(id: $id) { id } }', { id: job!.id });
    await letGo();
    while ((await refusalOf(archive, {})) === 'IN_USE') await sleep(100);
    expect(await look(segment.id)).toMatchObject({ rule: over(50), memberCount: 2, job: null });
    expect([await leftBehind(), await membershipErrors(server)]).toEqual([0, 0]);
  });
});
