import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RequestContext } from '../platform/context.ts';
import { createLog } from '../platform/log.ts';
import { activeSegment, createFields, membershipErrors, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { evaluateIfOld } from './evaluate-if-old.ts';
import { callEverybody, sweepDue } from './sweep-due.ts';

const start = '2026-07-01T08:00:00.000Z';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let now = start;
let server: TestServer;
let ctx: RequestContext;

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  ctx = {
    database: server.database,
    clock: { now: async () => now },
    log: createLog('error'),
    locale: 'en',
    requestId: 'time',
    address: '',
    actorId: null,
  };
  // However far the clock is moved, the tests stay signed in.
  await server.database.source.query(`update session set expires_at = '2100-01-01', last_used_at = '2100-01-01'`);
  await createFields(server, [
    { key: 'seen', type: 'DATETIME', label: '到店' },
    { key: 'born', type: 'DATE', label: '生日' },
    { key: 'city', type: 'TEXT', label: '城市' },
  ]);
  await activeSegment(server, 'lost', { '>': [{ days_since: [{ var: 'seen' }] }, 30] });
  await activeSegment(server, 'fresh', { within_last: [{ var: 'seen' }, 2, 'hour'] });
  await activeSegment(server, 'birthday', { '==': [{ days_to_anniversary: [{ var: 'born' }] }, 0] });
  await activeSegment(server, 'quiet', {
    '==': [{ count: [{ filter: [{ var: 'events.order' }, { within_last: [{ var: 'at' }, 7, 'day'] }] }] }, 0],
  });
  await activeSegment(server, 'lost_here', { and: [{ in_segment: ['lost'] }, { '==': [{ var: 'city' }, '上海'] }] });
});
afterAll(() => server.close());
beforeEach(async () => {
  now = start;
  await server.database.source.query('delete from membership; delete from customer_due; delete from customer');
});

function pass(ms: number): void {
  now = new Date(Date.parse(now) + ms).toISOString();
}

async function sweep(): Promise<number> {
  let swept = 0;
  for (let some = await sweepDue(ctx, 100); some > 0; some = await sweepDue(ctx, 100)) swept += some;
  return swept;
}

interface Change {
  readonly segment: { readonly key: string };
  readonly kind: string;
  readonly cause: string;
  readonly at: string;
  readonly dueAt: string | null;
  readonly eventId: string | null;
}

async function movesOf(id: string): Promise<readonly string[]> {
  const { customer } = await server.ask<{ customer: { history: readonly Change[] } }>(
    'query ($id: ID!) { customer(id: $id) { history: membershipHistory { segment { key } kind cause at dueAt eventId } } }',
    { id },
  );
  return customer.history
    .map(({ segment, kind, cause, dueAt }) => [kind, segment.key, cause, dueAt].filter(Boolean).join(' '))
    .toReversed();
}

async function dueOf(id: string): Promise<string | undefined> {
  const query = 'select due_at as "dueAt" from customer_due where customer_id = $1';
  const [row] = await server.database.source.query<{ dueAt: string }[]>(query, [id]);
  return row?.dueAt;
}

async function record(customerId: string, at: string): Promise<void> {
  await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', {
    events: [{ customerId, type: 'order', at }],
  });
}

describe('time alone', () => {
  test('moves a customer at the instant that a rule has told, and nobody before it', async () => {
    const { customer } = await saveCustomer(server, { values: { seen: '2026-07-01T07:00:00Z' } });
    expect(await dueOf(customer.id)).toBe('2026-07-01T09:00:00.000Z');
    pass(HOUR - 1);
    expect(await sweep()).toBe(0);
    pass(1);
    expect(await sweep()).toBe(1);
    expect(await movesOf(customer.id)).toEqual([
      'ENTERED fresh SAVE',
      'ENTERED quiet SAVE',
      'LEFT fresh TIME 2026-07-01T09:00:00.000Z',
    ]);
    expect(await dueOf(customer.id)).toBe('2026-07-31T16:00:00.000Z');
  });

  test('moves in and out, and takes along who asks for membership', async () => {
    const { customer } = await saveCustomer(server, { values: { seen: '2026-05-31T16:00:00Z', city: '上海' } });
    expect((await movesOf(customer.id)).slice(1)).toEqual([]);
    pass(DAY);
    await sweep();
    const midnight = '2026-07-01T16:00:00.000Z';
    expect(await movesOf(customer.id)).toEqual([
      'ENTERED quiet SAVE',
      `ENTERED lost TIME ${midnight}`,
      `ENTERED lost_here TIME ${midnight}`,
    ]);
    expect(await dueOf(customer.id)).toBeUndefined();
  });

  test('lets an event pass out of a window', async () => {
    const { customer } = await saveCustomer(server, { values: {} });
    await record(customer.id, '2026-07-01T06:00:00Z');
    pass(7 * DAY);
    await sweep();
    expect(await movesOf(customer.id)).toEqual([
      'ENTERED quiet SAVE',
      'LEFT quiet EVENT',
      'ENTERED quiet TIME 2026-07-08T06:00:00.000Z',
    ]);
  });

  test('is kept in order after a while in which nobody swept: those due first are looked at first', async () => {
    const later = await saveCustomer(server, { values: { seen: '2026-07-01T07:30:00Z' } });
    const sooner = await saveCustomer(server, { values: { seen: '2026-07-01T06:30:00Z' } });
    pass(10 * DAY);
    expect(await sweepDue(ctx, 1)).toBe(1);
    expect((await movesOf(sooner.customer.id)).at(-1)).toBe('LEFT fresh TIME 2026-07-01T08:30:00.000Z');
    expect((await movesOf(later.customer.id)).at(-1)).toBe('ENTERED quiet SAVE');
    await sweep();
    expect((await movesOf(later.customer.id)).at(-1)).toBe('LEFT fresh TIME 2026-07-01T09:30:00.000Z');
  });

  test('looks in vain where a save has put off what was due, and then waits for the new time', async () => {
    const { customer } = await saveCustomer(server, { values: { seen: '2026-07-01T07:00:00Z' } });
    await saveCustomer(server, { id: customer.id, version: 1, values: { seen: '2026-07-01T07:50:00Z' } });
    expect(await dueOf(customer.id)).toBe('2026-07-01T09:00:00.000Z');
    pass(HOUR);
    expect(await sweep()).toBe(1);
    expect(await movesOf(customer.id)).toHaveLength(2);
    expect(await dueOf(customer.id)).toBe('2026-07-01T09:50:00.000Z');
  });

  test('forgets whoever is erased', async () => {
    const { customer } = await saveCustomer(server, { values: { seen: start } });
    await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id: customer.id });
    expect(await dueOf(customer.id)).toBeUndefined();
  });
});

describe('a sweep', () => {
  test('leaves out whoever is being written just now, and looks at them next', async () => {
    const { customer } = await saveCustomer(server, { values: { seen: start } });
    pass(3 * HOUR);
    const writer = server.database.source.createQueryRunner();
    await writer.startTransaction();
    await writer.query('select from customer where id = $1 for no key update', [customer.id]);
    expect(await sweepDue(ctx, 10)).toBe(0);
    await writer.rollbackTransaction();
    await writer.release();
    expect(await sweepDue(ctx, 10)).toBe(1);
  });

  test('looks at each customer once where two servers sweep', async () => {
    const customers = [];
    for (let n = 0; n < 30; n += 1)
      customers.push((await saveCustomer(server, { values: { seen: start } })).customer.id);
    pass(3 * HOUR);
    await Promise.all([sweep(), sweep(), sweep()]);
    const [row] = await server.database.source.query<{ moves: number }[]>(
      `select count(*)::int as moves from membership_change where customer_id = any($1) and cause = 'TIME'`,
      [customers],
    );
    expect(row!.moves).toBe(30);
    expect(await membershipErrors(server)).toBe(0);
  });
});

describe('what was decided by another clock', () => {
  test('is decided anew in another zone: days end at other instants', async () => {
    const { customer } = await saveCustomer(server, { values: { born: '1990-07-01' } });
    expect(await dueOf(customer.id)).toBe('2026-07-01T16:00:00.000Z');
    const abroad = { ...ctx, database: { ...server.database, timeZone: 'America/New_York' } };
    expect(await evaluateIfOld(abroad)).toBe(true);
    expect(await evaluateIfOld(abroad)).toBe(false);
    expect(await dueOf(customer.id)).toBe('2026-07-02T04:00:00.000Z');
    expect(await evaluateIfOld(ctx)).toBe(true);
  });

  test('is decided anew once the clock is set back', async () => {
    const { customer } = await saveCustomer(server, { values: { seen: start } });
    pass(3 * HOUR);
    await sweep();
    now = start;
    expect(await membershipErrors(server)).toBe(1);
    await callEverybody(ctx);
    await sweep();
    expect(await membershipErrors(server)).toBe(0);
    expect(await dueOf(customer.id)).toBe('2026-07-01T10:00:00.000Z');
  });
});

test('whatever is saved and recorded and however time passes, nobody who is not due stands in a wrong segment', async () => {
  const minute = fc.integer({ min: -60 * 24 * 40, max: 60 });
  const steps = fc.array(
    fc.oneof(
      fc.record({ saves: fc.nat(3), seen: minute }),
      fc.record({ records: fc.nat(3), at: minute }),
      fc.record({ passes: fc.integer({ min: 1, max: 60 * 24 * 9 }) }),
    ),
    { minLength: 3, maxLength: 12 },
  );
  const instant = (minutes: number) => new Date(Date.parse(now) + minutes * 60_000).toISOString();
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const versions = new Map<number, { id: string; version: number }>();
      const at = async (n: number) => versions.get(n) ?? (await saveCustomer(server, { values: {} })).customer;
      for (const step of all) {
        if ('passes' in step) pass(step.passes * 60_000);
        else if ('saves' in step) {
          const { id, version } = await at(step.saves);
          const saved = await saveCustomer(server, { id, version, values: { seen: instant(step.seen) } });
          versions.set(step.saves, saved.customer);
        } else {
          const customer = await at(step.records);
          versions.set(step.records, customer);
          await record(customer.id, instant(step.at));
        }
        await sweep();
        expect(await membershipErrors(server)).toBe(0);
      }
    }),
    { numRuns: process.env['FULL_PROOFS'] ? 200 : 20 },
  );
}, 600_000);
