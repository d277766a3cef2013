import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RequestContext } from '../platform/context.ts';
import { createLog } from '../platform/log.ts';
import { activeSegment, createFields, saveSegment, setSegment, type SavedSegment } from '../testing/calls.ts';
import { ACTIVATE, DELETE, PAUSE, retentionCalls, RUN } from '../testing/retention-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { runDueRules } from './run-due-rules.ts';

const EAST = 130;
const WEST = 40;
/** As many as a run erases before it asks anew. */
const STEP = 100;

let now = '2026-07-01T08:00:00.000Z';
let server: TestServer;
let ctx: RequestContext;
let west: SavedSegment;
let segments = 0;

const { ask, save, activeRule, listed, refusal, makeRole, untilIdle, waitsFor } = retentionCalls(() => server);
const inEast = { '==': [{ var: 'city' }, 'east'] };

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  ctx = {
    database: server.database,
    clock: { now: async () => now },
    log: createLog('error'),
    locale: 'en',
    requestId: 'retention',
    address: '',
    actorId: null,
  };
  await createFields(server, [{ key: 'city', type: 'TEXT', label: '城市' }]);
});
afterAll(() => server.close());
beforeEach(async () => {
  await server.database.source.query(
    `update session set expires_at = '2100-01-01', last_used_at = '2100-01-01';
     delete from retention_rule; delete from reference where owner_kind = 'retention';
     delete from membership; delete from customer_due; delete from customer_search; delete from customer`,
  );
  await insert('east', EAST);
  await insert('west', WEST);
  west = await activeSegment(server, `west_${(segments += 1)}`, { '==': [{ var: 'city' }, 'west'] });
});

async function insert(city: string, count: number): Promise<void> {
  await server.database.source.query(
    `insert into customer (id, version, created_at, updated_at, f_city)
     select ('00000000-0000-7000-8000-' || lpad((n + $3::int)::text, 12, '0'))::uuid, 1, now(), now(), $1
       from generate_series(1, $2::int) n`,
    [city, count, city === 'east' ? 0 : 1_000],
  );
}

/** How many are left of each city, once no job goes on any more. */
async function left(): Promise<Readonly<Record<string, number>>> {
  await untilIdle();
  const rows = await server.database.source.query<{ city: string; count: number }[]>(
    'select f_city as city, count(*)::int as count from customer group by f_city',
  );
  return Object.fromEntries(rows.map(({ city, count }) => [city, count]));
}

/** Has the first step of the next run wait until what is given has begun to wait for that step. */
async function duringFirstStep(begin: () => Promise<unknown>, meanwhile: () => Promise<unknown>): Promise<void> {
  const holder = server.database.source.createQueryRunner();
  await holder.startTransaction();
  try {
    await holder.query('select 1 from customer for update');
    await begin();
    await waitsFor('transactionid');
    const done = meanwhile();
    await Promise.race([done, waitsFor('advisory')]);
    await holder.rollbackTransaction();
    await done;
  } finally {
    if (holder.isTransactionActive) await holder.rollbackTransaction();
    await holder.release();
  }
}

async function run(id: string, token = server.token): Promise<string> {
  return (await server.ask<{ job: { id: string } }>(RUN, { id }, { token })).job.id;
}

interface ShownJob {
  readonly status: string;
  readonly error: string | null;
}
async function shownJob(id: string): Promise<ShownJob> {
  await untilIdle();
  const query = 'query ($id: ID!) { job(id: $id) { status error } }';
  return (await server.ask<{ job: ShownJob }>(query, { id })).job;
}

describe('a run that has begun', () => {
  const changes: readonly [string, (token: string) => Promise<unknown>][] = [
    [
      'is paused',
      (token) => server.ask('mutation ($id: ID!) { pauseSegment(id: $id) { id } }', { id: west.id }, { token }),
    ],
    [
      'gets another rule',
      (token) =>
        server.ask(
          'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }',
          { input: { id: west.id, version: west.version, name: 'west', rule: { '==': [{ var: 'city' }, 'x'] } } },
          { token },
        ),
    ],
  ];
  test.each(changes)('erases nobody else when a segment that it asks for %s', async (_, change) => {
    const token = await server.signInAs([await makeRole({ capabilities: ['MANAGE_SEGMENTS'] })]);
    const { id } = await activeRule({ '!': [{ in_segment: [west.key] }] });
    let jobId = '';
    await duringFirstStep(
      async () => (jobId = await run(id)),
      () => change(token),
    );
    expect(await left()).toEqual({ east: EAST - STEP, west: WEST });
    const reason = expect.stringContaining('was changed after it was activated');
    expect(await shownJob(jobId)).toEqual({ status: 'FAILED', error: reason });
    expect((await listed())[0]).toMatchObject({ active: false, problem: reason, lastErased: STEP });
  });

  const stops = [
    ['paused', (id: string) => ask(PAUSE, { id })],
    ['deleted', (id: string) => server.ask(DELETE, { id })],
  ] as const;
  test.each(stops)(
    'ends after its step when the rule is %s, and does not go on by being tried again',
    async (_, stop) => {
      const { id } = await activeRule(inEast);
      let jobId = '';
      await duringFirstStep(
        async () => (jobId = await run(id)),
        () => stop(id),
      );
      expect(await left()).toEqual({ east: EAST - STEP, west: WEST });
      await server.ask('mutation ($id: ID!) { retryJob(id: $id) { id } }', { id: jobId });
      expect(await left()).toEqual({ east: EAST - STEP, west: WEST });
      expect(await shownJob(jobId)).toEqual({ status: 'FAILED', error: expect.stringContaining('stopped or deleted') });
    },
  );

  const others: readonly [string, string, (rule: { id: string; version: number }) => Promise<unknown>][] = [
    ['was saved anew', 'changed after this run began', ({ id, version }) => save(inEast, { id, version, name: 'x' })],
    ['was run again', 'run again', ({ id }) => run(id).then(untilIdle)],
  ];
  test.each(others)('does not go on by being tried again when the rule %s', async (_, reason, change) => {
    const rule = await activeRule(inEast);
    let jobId = '';
    await duringFirstStep(
      async () => (jobId = await run(rule.id)),
      () => server.ask('mutation ($id: ID!) { cancelJob(id: $id) { id } }', { id: jobId }),
    );
    await untilIdle();
    await change(rule);
    const before = await left();
    await server.ask('mutation ($id: ID!) { retryJob(id: $id) { id } }', { id: jobId });
    expect(await shownJob(jobId)).toEqual({ status: 'FAILED', error: expect.stringContaining(reason) });
    expect(await left()).toEqual(before);
  });

  test('goes on from where it was cancelled while its rule is the same', async () => {
    const { id } = await activeRule(inEast);
    let jobId = '';
    await duringFirstStep(
      async () => (jobId = await run(id)),
      () => server.ask('mutation ($id: ID!) { cancelJob(id: $id) { id } }', { id: jobId }),
    );
    await untilIdle();
    await server.ask('mutation ($id: ID!) { retryJob(id: $id) { id } }', { id: jobId });
    expect(await left()).toEqual({ west: WEST });
    expect((await listed())[0]).toMatchObject({ active: true, lastErased: EAST });
  });

  test('is the only one: another is refused at once, and not begun by the day', async () => {
    const { id } = await activeRule(inEast);
    await duringFirstStep(
      () => run(id),
      async () => {
        expect(await refusal(RUN, { id })).toBe('VALIDATION_FAILED, job INVALID');
        now = '2026-07-02T09:00:00.000Z';
        expect(await runDueRules(ctx)).toBe(0);
        await ask(PAUSE, { id });
      },
    );
    expect(await left()).toEqual({ east: EAST - STEP, west: WEST });
  });

  test('is the only one of many that are asked for together', async () => {
    const { id } = await activeRule(inEast);
    const asked = await Promise.all(Array.from({ length: 6 }, () => refusal(RUN, { id })));
    expect(asked.filter((each) => each === undefined)).toHaveLength(1);
    expect(await left()).toEqual({ west: WEST });
  });
});

describe('activation is refused where all customers meet the rule now', () => {
  test('by way of a segment in which everybody is', async () => {
    const all = await activeSegment(server, `all_${segments}`, { or: [inEast, true] });
    const { id, version } = await save({ in_segment: [all.key] });
    const { errors } = await server.call(ACTIVATE, { id, version });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'VALIDATION_FAILED',
      issues: [{ path: 'rule', message: expect.stringContaining(`All ${EAST + WEST} customers meet this rule now`) }],
    });
    expect((await listed())[0]).toMatchObject({ active: false });
  });

  test('by way of not being in one that is paused', async () => {
    await setSegment(server, 'pause', west.id);
    const { id, version } = await save({ '!': [{ in_segment: [west.key] }] });
    expect(await refusal(ACTIVATE, { id, version })).toBe('VALIDATION_FAILED, rule INVALID');
  });

  test('of all that the activator sees', async () => {
    const token = await server.signInAs([await makeRole({ rowScope: inEast })]);
    const { id, version } = await save(inEast, {}, token);
    expect(await refusal(ACTIVATE, { id, version }, token)).toBe('VALIDATION_FAILED, rule INVALID');
    expect(await ask(ACTIVATE, { id, version })).toMatchObject({ active: true });
  });

  test('not where there is one customer alone', async () => {
    await server.database.source.query(`delete from membership; delete from customer`);
    await insert('east', 1);
    expect(await activeRule(inEast)).toMatchObject({ active: true });
  });
});

test('a segment that is changed while a rule is activated is noticed', async () => {
  const { id, version } = await save({ '!': [{ in_segment: [west.key] }] });
  const holder = server.database.source.createQueryRunner();
  await holder.startTransaction();
  await holder.query('select pg_advisory_xact_lock_shared(4783120)');
  await holder.query(`update segment set rule = 'false' where id = $1`, [west.id]);
  const activating = refusal(ACTIVATE, { id, version });
  await waitsFor('advisory');
  await holder.commitTransaction();
  await holder.release();
  expect(await activating).toBe('CONFLICT');
  expect((await listed())[0]).toMatchObject({ active: false });
});

describe('how many a run has erased', () => {
  const AUDIT = '{ auditLog(search: "retention:") { nodes { action changes } } }';
  async function toldRun(token: string): Promise<unknown> {
    const { auditLog } = await server.ask<{ auditLog: { nodes: { action: string; changes: object }[] } }>(
      AUDIT,
      {},
      { token },
    );
    return auditLog.nodes.find(({ action }) => action === 'retention.run')?.changes;
  }

  test('is told to who sees every customer, and not to who sees some', async () => {
    const { id } = await activeRule(inEast);
    await run(id);
    await untilIdle();
    const capabilities = ['ERASE_CUSTOMERS', 'VIEW_AUDIT'] as const;
    const everybody = await server.signInAs([await makeRole({ capabilities })]);
    expect((await listed(everybody))[0]).toMatchObject({ lastErased: EAST });
    expect(await toldRun(everybody)).toMatchObject({ total: EAST });
    const some = await server.signInAs([await makeRole({ capabilities, rowScope: { '==': [{ var: 'city' }, 'x'] } })]);
    expect((await listed(some))[0]).toMatchObject({ lastErased: null, rule: inEast });
    expect(await toldRun(some)).toEqual({ restricted: true });
  });

  test('takes one role that both sees every customer and reads what the rule reads', async () => {
    await run((await activeRule(inEast)).id);
    await untilIdle();
    const scoped = await makeRole({ rowScope: inEast });
    const blind = await makeRole({}, { city: 'HIDDEN' });
    const token = await server.signInAs([scoped, blind]);
    expect((await listed(token))[0]).toMatchObject({ lastErased: null, rule: inEast });
  });

  test('is told to who started it', async () => {
    const { id } = await activeRule(inEast);
    const token = await server.signInAs([await makeRole({ rowScope: inEast })]);
    await run(id, token);
    await untilIdle();
    expect((await listed(token))[0]).toMatchObject({ lastErased: EAST });
  });
});

test('what keeps a segment is named to who may know of it', async () => {
  const other = await saveSegment(server, { key: `other_${segments}`, name: 'other', rule: inEast });
  await save({ in_segment: [other.key] });
  await makeRole({ rowScope: { in_segment: [other.key] } });
  const remove = 'mutation ($id: ID!) { deleteSegment(id: $id) }';
  const named = async (token: string) => {
    const { errors } = await server.call(remove, { id: other.id }, { token });
    const { code, usedBy } = errors![0]!.extensions as unknown as { code: string; usedBy: { kind: string }[] };
    return [code, ...usedBy.map(({ kind }) => kind)];
  };
  expect((await named(server.token)).toSorted()).toEqual(['IN_USE', 'retention', 'role']);
  const segmentsAlone = await server.signInAs([await makeRole({ capabilities: ['MANAGE_SEGMENTS'] })]);
  expect(await named(segmentsAlone)).toEqual(['IN_USE']);
  const erasing = await server.signInAs([await makeRole({ capabilities: ['MANAGE_SEGMENTS', 'ERASE_CUSTOMERS'] })]);
  expect(await named(erasing)).toEqual(['IN_USE', 'retention']);
});
