import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../platform/uuid.ts';
import { saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let buyer: string;

const now = '2026-07-01T08:00:00.000Z';

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  await server.ask('mutation ($input: EventTypeInput!) { saveEventType(input: $input) { key } }', {
    input: {
      key: 'visit',
      label: '到店',
      properties: [
        { key: 'shop', type: 'TEXT', label: '门店' },
        { key: 'minutes', type: 'NUMBER', label: '分钟' },
        { key: 'day', type: 'DATE', label: '日期' },
        { key: 'seller', type: 'USER', label: '接待人' },
      ],
    },
  });
  buyer = await newCustomer();
});
afterAll(() => server.close());

const RECORD = 'mutation ($events: [EventInput!]!) { recordEvents(events: $events) }';
const CORRECT =
  'mutation ($id: ID!, $input: EventInput!) { correctEvent(id: $id, input: $input) { id type at amount properties sourceId } }';
const DELETE = 'mutation ($id: ID!) { deleteEvent(id: $id) }';

interface Told {
  id: string;
  type: string;
  at: string;
  amount: number | null;
  properties: Record<string, unknown>;
  sourceId: string | null;
}

async function newCustomer(): Promise<string> {
  return (await saveCustomer(server, { values: {} })).customer.id;
}

async function record(events: readonly object[]): Promise<number> {
  return (await server.ask<{ recordEvents: number }>(RECORD, { events })).recordEvents;
}

async function eventsOf(customerId: string, page: object = {}, token?: string): Promise<Told[]> {
  const { customer } = await server.ask<{ customer: { events: Told[] } }>(
    `query ($id: ID!, $type: ID, $first: Int, $before: DateTime) { customer(id: $id) {
       events(type: $type, first: $first, before: $before) { id type at amount properties sourceId } } }`,
    { id: customerId, ...page },
    token ? { token } : {},
  );
  return customer.events;
}

async function refusal(mutation: string, variables: object, token?: string): Promise<readonly unknown[]> {
  const { errors } = await server.call(mutation, variables, token ? { token } : {});
  const { code, issues = [] } = (errors?.[0]?.extensions ?? {}) as {
    code?: string;
    issues?: { path: string; code: string }[];
  };
  return [code, ...issues.map((issue) => `${issue.path} ${issue.code}`)];
}

async function stored(): Promise<unknown> {
  const [row] = await server.database.source.query<unknown[]>(
    `select (select count(*) from event) as events, (select jsonb_agg(e order by id) from event e) as told,
            (select count(*) from audit_entry) as audit, (select count(*) from outbox) as outbox`,
  );
  return row;
}

describe('recording', () => {
  test('brings what is told to its normal form, newest first', async () => {
    const id = await newCustomer();
    const seller = (await server.ask<{ me: { id: string } }>('{ me { id } }')).me.id;
    const events = [
      { customerId: id, type: 'order', at: '2026-01-01T08:00+08:00', amount: -0, sourceId: 'A 1' },
      {
        customerId: id.toUpperCase(),
        type: 'visit',
        at: '2026-01-01T00:00:00.0019Z',
        properties: { shop: ' e\u0301 ', minutes: 0.1, day: '2026-01-01', seller: seller.toUpperCase() },
      },
      { customerId: id, type: 'visit', at: now, amount: 2 ** 53 - 1, properties: { shop: '  ', minutes: null } },
    ];
    expect(await record(events)).toBe(3);
    const told = await eventsOf(id);
    const contents = told.map(({ type, at, amount, properties, sourceId }) => ({
      type,
      at,
      amount,
      properties,
      sourceId,
    }));
    expect(contents).toEqual([
      { type: 'visit', at: now, amount: 2 ** 53 - 1, properties: {}, sourceId: null },
      {
        type: 'visit',
        at: '2026-01-01T00:00:00.001Z',
        amount: null,
        properties: { shop: 'é', minutes: 0.1, day: '2026-01-01', seller },
        sourceId: null,
      },
      { type: 'order', at: '2026-01-01T00:00:00.000Z', amount: 0, properties: {}, sourceId: 'A 1' },
    ]);
    expect(await eventsOf(id, { type: 'order' })).toEqual([told[2]]);
    expect(await eventsOf(id, { first: 1 })).toEqual([told[0]]);
    expect(await eventsOf(id, { before: told[1]!.at })).toEqual([told[2]]);
  });

  test('those of one instant stand in the order of recording, and a list of customers is one statement', async () => {
    const ids = [await newCustomer(), await newCustomer()];
    const at = '2026-02-02T02:02:02Z';
    await record([1, 2, 3].flatMap((amount) => ids.map((customerId) => ({ customerId, type: 'order', at, amount }))));
    const statements = await statementsOf(async () => {
      const { customers } = await server.ask<{ customers: { nodes: { id: string; events: Told[] }[] } }>(
        '{ customers { nodes { id events(first: 2) { amount } } } }',
      );
      const told = customers.nodes.filter(({ id }) => ids.includes(id)).map(({ events }) => events);
      expect(told).toEqual([
        [{ amount: 3 }, { amount: 2 }],
        [{ amount: 3 }, { amount: 2 }],
      ]);
    });
    expect(statements.filter((each) => each.includes('from event '))).toHaveLength(1);
  });

  test('a source is kept once per customer and type, within one call too', async () => {
    const [one, other] = [await newCustomer(), await newCustomer()];
    const event = { customerId: one, type: 'order', at: now, amount: 1, sourceId: 'S' };
    expect(await record([event, { ...event, amount: 2 }])).toBe(1);
    expect(await record([{ ...event, amount: 3 }])).toBe(0);
    expect(
      await record([event, { ...event, type: 'visit' }, { ...event, customerId: other }, { ...event, sourceId: 's' }]),
    ).toBe(3);
    const told = (await eventsOf(one)).map(({ type, amount, sourceId }) => ({ type, amount, sourceId }));
    expect(told.toReversed()).toEqual([
      { type: 'order', amount: 1, sourceId: 'S' },
      { type: 'visit', amount: 1, sourceId: 'S' },
      { type: 'order', amount: 1, sourceId: 's' },
    ]);
    const anonymous = { ...event, sourceId: null };
    expect(await record([anonymous, anonymous])).toBe(2);
  });

  test('tells every issue with its place, and writes nothing', async () => {
    const before = await stored();
    const good = { customerId: buyer, type: 'visit', at: now };
    const events = [
      good,
      { ...good, at: '2026-07-02T08:00:00.001Z' },
      { ...good, customerId: newId(), type: 'flight', amount: 2 ** 53 },
      { ...good, customerId: 'nobody', sourceId: '' },
      { ...good, sourceId: 'x'.repeat(201), properties: { minutes: '5', shop: 'a\u0000', amount: 1, seller: newId() } },
      { ...good, sourceId: 'a\u0000b', properties: [1] },
      { ...good, at: '2026-07-02T08:00:00Z', sourceId: '😀'.repeat(200) },
    ];
    expect(await refusal(RECORD, { events })).toEqual([
      'VALIDATION_FAILED',
      '/1/at TOO_LARGE',
      '/2/customerId INVALID',
      '/2/amount TOO_LARGE',
      '/2/type INVALID',
      '/3/customerId INVALID',
      '/3/sourceId TOO_SHORT',
      '/4/properties/minutes WRONG_TYPE',
      '/4/properties/shop FORBIDDEN_CHARACTER',
      '/4/properties/amount UNKNOWN_FIELD',
      '/4/properties/seller INVALID',
      '/4/sourceId TOO_LONG',
      '/5/properties WRONG_TYPE',
      '/5/sourceId FORBIDDEN_CHARACTER',
    ]);
    expect(await stored()).toEqual(before);
    for (const at of ['2026-07-01T08:00', '0000-12-31T00:00:00Z', '10000-01-01T00:00:00Z'])
      expect((await server.call(RECORD, { events: [{ ...good, at }] })).status).toBe(400);
  });

  test('a thousand in one call take few statements, one more is beyond the limit', async () => {
    const ids = [await newCustomer(), await newCustomer()];
    const events = Array.from({ length: 1_000 }, (_, n) => ({
      customerId: ids[n % 2],
      type: 'visit',
      at: now,
      sourceId: `n${n}`,
      properties: { minutes: n },
    }));
    const statements = await statementsOf(async () => expect(await record(events)).toBe(1_000));
    expect(statements.length).toBeLessThan(20);
    expect(await eventsOf(ids[0]!, { first: 500 })).toHaveLength(500);
    expect(await refusal(RECORD, { events: [...events, events[0]] })).toEqual(['LIMIT_EXCEEDED']);
    expect(await record([])).toBe(0);
  });

  test('of eight calls at once with the same sources each event is recorded by one', async () => {
    const ids = [await newCustomer(), await newCustomer()];
    const events = ids.map((customerId) => ({ customerId, type: 'order', at: now, sourceId: 'once' }));
    const orders = [events, events.toReversed()];
    const counts = await Promise.all(Array.from({ length: 8 }, (_, call) => record(orders[call % 2]!)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    for (const id of ids) expect(await eventsOf(id)).toHaveLength(1);
  });
});

/** The statements that the server sends while something is done. */
async function statementsOf(work: () => Promise<void>): Promise<readonly string[]> {
  const { subscribers } = server.database.source;
  const statements: string[] = [];
  subscribers.push({ beforeQuery: ({ query }) => void statements.push(query) });
  await work();
  subscribers.pop();
  return statements;
}

describe('correcting and deleting', () => {
  test('replaces instant, amount and properties, and is recorded with what was before', async () => {
    const id = await newCustomer();
    const event = { customerId: id, type: 'visit', at: now, amount: 5, properties: { shop: 'A' }, sourceId: 'v1' };
    await record([event]);
    const [before] = await eventsOf(id);
    const input = { customerId: id, type: 'visit', at: '2026-06-01T00:00Z', properties: { minutes: 3 } };
    const { correctEvent: after } = await server.ask<{ correctEvent: Told }>(CORRECT, { id: before!.id, input });
    const content = { at: '2026-06-01T00:00:00.000Z', amount: null, properties: { minutes: 3 }, sourceId: 'v1' };
    expect(after).toEqual({ id: before!.id, type: 'visit', ...content });
    expect(await eventsOf(id)).toEqual([after]);
    expect(await server.ask(DELETE, { id: before!.id })).toEqual({ deleteEvent: true });
    expect(await eventsOf(id)).toEqual([]);
    const told = { at: now, amount: 5, properties: { shop: 'A' }, sourceId: 'v1' };
    const named = { event: { id: before!.id, type: 'visit' } };
    expect(await followed(id)).toEqual({
      audit: [
        { action: 'event.recorded', changes: { ...named, from: null, to: told } },
        { action: 'event.corrected', changes: { ...named, from: told, to: content } },
        { action: 'event.deleted', changes: { ...named, from: content, to: null } },
      ],
      outbox: ['event.recorded', 'event.corrected', 'event.deleted'].map((kind) => ({
        kind,
        payload: { eventId: before!.id, type: 'visit' },
      })),
    });
  });

  test('an event stays with its customer, type and source', async () => {
    const event = { customerId: buyer, type: 'visit', at: now, sourceId: 'fixed' };
    await record([event]);
    const [{ id }] = (await eventsOf(buyer)) as [Told];
    const other = { customerId: await newCustomer(), type: 'order', at: '2027-01-01T00:00Z', sourceId: 'other' };
    expect(await refusal(CORRECT, { id, input: { ...other, properties: { nope: 1 } } })).toEqual([
      'VALIDATION_FAILED',
      'at TOO_LARGE',
      'properties/nope UNKNOWN_FIELD',
      'customerId READ_ONLY',
      'type READ_ONLY',
      'sourceId READ_ONLY',
    ]);
    expect((await eventsOf(buyer))[0]).toMatchObject({ at: now, sourceId: 'fixed' });
    for (const unknown of [newId(), 'x', '']) {
      expect(await refusal(CORRECT, { id: unknown, input: event })).toEqual(['NOT_FOUND']);
      expect(await refusal(DELETE, { id: unknown })).toEqual(['NOT_FOUND']);
    }
  });

  test('erasing a customer erases its events, in the record too', async () => {
    const id = await newCustomer();
    await record([{ customerId: id, type: 'order', at: now, amount: 99 }]);
    await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id });
    const [{ events }] = await server.database.source.query<[{ events: number }]>(
      'select count(*) as events from event where customer_id = $1',
      [id],
    );
    expect(events).toBe(0);
    expect((await followed(id)).audit).toContainEqual({
      action: 'event.recorded',
      changes: { event: {}, from: {}, to: {} },
    });
    expect(await refusal(RECORD, { events: [{ customerId: id, type: 'order', at: now }] })).toEqual([
      'VALIDATION_FAILED',
      '/0/customerId INVALID',
    ]);
  });
});

/** What else was written when events of a customer changed. */
async function followed(customerId: string): Promise<{ audit: unknown[]; outbox: unknown[] }> {
  const { source } = server.database;
  return {
    audit: await source.query(
      `select action, changes from audit_entry where target = $1 and action like 'event.%' order by id`,
      [`customer:${customerId}`],
    ),
    outbox: await source.query(
      `select kind, payload from outbox where customer_id = $1 and kind like 'event.%' order by id`,
      [customerId],
    ),
  };
}

describe('rights', () => {
  async function viewer(access: string): Promise<string> {
    const id = newId();
    await server.database.source.query(
      'insert into role (id, name, capabilities, default_access) values ($1, $2, $3, $4)',
      [id, `role ${id}`, [], access],
    );
    await server.database.source.query('update rule_set set version = version + 1');
    return server.signInAs([id]);
  }

  test.each(['HIDDEN', 'MASKED', 'READ', 'WRITE'])('by %s to what is not listed', async (access) => {
    const token = await viewer(access);
    const id = await newCustomer();
    const event = { customerId: id, type: 'order', at: now };
    await record([event]);
    const told = await eventsOf(id, {}, token);
    expect(told).toHaveLength(access === 'READ' || access === 'WRITE' ? 1 : 0);
    const { eventTypes } = await server.ask<{ eventTypes: unknown[] }>('{ eventTypes { key } }', {}, { token });
    expect(eventTypes).toHaveLength(access === 'HIDDEN' ? 0 : 2);
    const [{ id: eventId }] = (await eventsOf(id)) as [Told];
    const before = await stored();
    const calls = [
      await refusal(RECORD, { events: [{ ...event, type: 'nope' }] }, token),
      await refusal(CORRECT, { id: eventId, input: { ...event, type: 'nope' } }, token),
      ...(access === 'WRITE' ? [] : [await refusal(DELETE, { id: eventId }, token)]),
    ];
    expect(calls.map(([code]) => code)).toEqual(
      access === 'WRITE' ? ['VALIDATION_FAILED', 'VALIDATION_FAILED'] : ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
    );
    expect(await stored()).toEqual(before);
  });

  test('nobody who is not signed in', async () => {
    const { errors } = await server.call(RECORD, { events: [] }, { token: null });
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
