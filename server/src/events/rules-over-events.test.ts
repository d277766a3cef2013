import { arbitraryRule, suiteEvents } from '@kequn/rules/suites';
import type { Rule } from '@kequn/rules';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activeSegment, createFields, membershipErrors, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const now = '2026-07-01T08:00:00.000Z';
let server: TestServer;

const orders: Rule = { var: 'events.order' };
const recent: Rule = { filter: [orders, { within_last: [{ var: 'at' }, 30, 'day'] }] };
const paidOrders: Rule = { filter: [orders, { and: [{ var: 'paid' }, { '==': [{ var: 'product' }, '茶'] }] }] };

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  await createFields(server, [{ key: 'city', type: 'TEXT', label: '城市' }]);
  for (const { key, label, properties } of suiteEvents.values()) {
    const input = {
      key,
      label,
      properties: properties.map((each) => ({ key: each.key, type: each.type, label: each.label })),
    };
    await server.ask('mutation ($input: EventTypeInput!) { saveEventType(input: $input) { key } }', { input });
  }
  await activeSegment(server, 'buyers', { '>=': [{ count: [recent] }, 2] });
  await activeSegment(server, 'big', { '>=': [{ sum: [orders, 'amount'] }, 1_000] });
  await activeSegment(server, 'tea', { '>': [{ count: [paidOrders] }, 0] });
  await activeSegment(server, 'never', { '==': [{ count: [orders] }, 0] });
  await activeSegment(server, 'local_buyers', {
    and: [{ in_segment: ['buyers'] }, { '==': [{ var: 'city' }, '上海'] }],
  });
});
afterAll(() => server.close());

async function segmentsOf(id: string): Promise<string[]> {
  const { customer } = await server.ask<{ customer: { memberships: { segment: { key: string } }[] } }>(
    'query ($id: ID!) { customer(id: $id) { memberships { segment { key } } } }',
    { id },
  );
  return customer.memberships.map(({ segment }) => segment.key).toSorted();
}

async function record(...events: readonly object[]): Promise<void> {
  await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', { events });
}

async function newest(customerId: string): Promise<{ id: string }> {
  const { customer } = await server.ask<{ customer: { events: { id: string }[] } }>(
    'query ($id: ID!) { customer(id: $id) { events(first: 1) { id } } }',
    { id: customerId },
  );
  return customer.events[0]!;
}

const order = (customerId: string, day: string, rest: object = {}) => ({
  customerId,
  type: 'order',
  at: `2026-${day}T10:00:00Z`,
  ...rest,
});

describe('segments that read events', () => {
  test('follow what is recorded, corrected and deleted in the same transaction', async () => {
    const { customer } = await saveCustomer(server, { values: { city: '上海' } });
    const { id } = customer;
    expect(await segmentsOf(id)).toEqual(['never']);
    await record(order(id, '06-20', { amount: 600 }), order(id, '06-25', { amount: 300 }));
    expect(await segmentsOf(id)).toEqual(['buyers', 'local_buyers']);
    const event = { ...order(id, '06-25', { amount: 400 }), properties: { product: '茶', paid: true } };
    await server.ask('mutation ($id: ID!, $input: EventInput!) { correctEvent(id: $id, input: $input) { id } }', {
      ...(await newest(id)),
      input: event,
    });
    expect(await segmentsOf(id)).toEqual(['big', 'buyers', 'local_buyers', 'tea']);
    await server.ask('mutation ($id: ID!) { deleteEvent(id: $id) }', await newest(id));
    expect(await segmentsOf(id)).toEqual([]);
    const { customer: told } = await server.ask<{ customer: { membershipHistory: { cause: string }[] } }>(
      'query ($id: ID!) { customer(id: $id) { membershipHistory { cause } } }',
      { id },
    );
    expect(told.membershipHistory.map(({ cause }) => cause)).toEqual([
      ...Array.from({ length: 9 }, () => 'EVENT'),
      'SAVE',
    ]);
    expect(await membershipErrors(server)).toBe(0);
  });

  test('follow many customers in one call, and a save of one who did something', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push((await saveCustomer(server, { values: {} })).customer.id);
    await record(...ids.flatMap((id, n) => Array.from({ length: n }, () => order(id, '06-28', { amount: 400 }))));
    expect(await Promise.all(ids.map(segmentsOf))).toEqual([
      ['never'],
      [],
      ['buyers'],
      ['big', 'buyers'],
      ['big', 'buyers'],
    ]);
    const saved = await saveCustomer(server, { id: ids[4], version: 1, values: { city: '上海' } });
    expect(saved.entered).toEqual([{ key: 'local_buyers' }]);
    expect(await membershipErrors(server)).toBe(0);
  });

  test('are not restricted for who reads everything, and unknown kinds and properties are refused with their place', async () => {
    const { errors } = await server.call('mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }', {
      input: {
        name: 'x',
        rule: {
          and: [
            { '>': [{ count: [{ var: 'events.flight' }] }, 0] },
            { '>': [{ sum: [orders, 'weight'] }, 0] },
            { '>': [{ count: [{ filter: [orders, { '==': [{ var: 'city' }, 'x'] }] }] }, 0] },
            { '>': [{ sum: [orders, 'product'] }, 0] },
            { '>': [{ count: [{ filter: [orders, { in_segment: ['big'] }] }] }, 0] },
          ],
        },
      },
    });
    expect(errors?.[0]?.extensions['issues']).toMatchObject([
      { path: '/and/0/>/0/count/0/var', code: 'UNKNOWN_FIELD' },
      { path: '/and/1/>/0/sum/1', code: 'UNKNOWN_FIELD' },
      { path: '/and/2/>/0/count/0/filter/1/==/0/var', code: 'UNKNOWN_FIELD' },
      { path: '/and/3/>/0/sum/1', code: 'TYPE' },
      { path: '/and/4/>/0/count/0/filter/1/in_segment', code: 'TYPE' },
    ]);
  });
});

test('a property that the rule of an active segment reads stays', async () => {
  const save = 'mutation ($input: EventTypeInput!) { saveEventType(input: $input) { key properties { key } } }';
  const call = { key: 'call', label: '来电' };
  await server.ask(save, { input: { ...call, properties: [{ key: 'minutes', type: 'NUMBER', label: '分钟' }] } });
  await activeSegment(server, 'callers', { '>': [{ sum: [{ var: 'events.call' }, 'minutes'] }, 10] });
  const { errors } = await server.call(save, { input: { ...call, properties: [] } });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'IN_USE', usedBy: [{ kind: 'segment', name: 'callers' }] });
  const { eventTypes } = await server.ask<{ eventTypes: { key: string; properties: { key: string }[] }[] }>(
    '{ eventTypes { key properties { key } } }',
  );
  expect(eventTypes.find(({ key }) => key === 'call')?.properties).toEqual([{ key: 'minutes' }]);
});

test('random rules over events say the same in lists, in Postgres, and explained, in JS', async () => {
  const { customer } = await saveCustomer(server, { values: {} });
  const properties = [
    { product: '茶', score: 5, paid: true, delivered: '2026-06-29' },
    { product: '😀', paid: false },
    {},
  ];
  await record(...properties.map((each, n) => order(customer.id, `06-2${n}`, { amount: n * 0.1, properties: each })));
  const rules = fc
    .sample(arbitraryRule, { numRuns: 3_000, seed: 7 })
    .filter(
      (rule) =>
        /"events\./.test(JSON.stringify(rule)) &&
        !/"(var":"(?!events|at|amount|product|score|paid|delivered)|in_segment)/.test(JSON.stringify(rule)),
    );
  expect(rules.length).toBeGreaterThan(20);
  for (const rule of rules.slice(0, 100)) {
    const { customers, explain } = await server.ask<{
      customers: { nodes: { id: string }[] };
      explain: { result: boolean };
    }>(
      `query ($id: ID!, $rule: Rule!) { customers(filter: $rule, first: 500) { nodes { id } } explain(customerId: $id, rule: $rule) { result } }`,
      { id: customer.id, rule },
    );
    expect({ rule, holds: customers.nodes.some(({ id }) => id === customer.id) }).toEqual({
      rule,
      holds: explain.result,
    });
  }
});
