import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activeSegment, createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let now = '2026-03-21T15:00:00.000Z';
let server: TestServer;
let customer: string;
let segment: string;

const EXPLAIN = `query ($customer: ID!, $rule: Rule, $segment: ID) {
  explain(customerId: $customer, rule: $rule, segmentId: $segment) { result tree nextChangeAt } }`;

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  await createFields(server, [
    { key: 'spend', type: 'NUMBER', label: '消费', labels: { en: 'Spend' } },
    { key: 'last_visit', type: 'DATE', label: '最近到店', labels: { en: 'Last visit' } },
    { key: 'home', type: 'REGION', label: '地区' },
  ]);
  segment = (
    await activeSegment(server, 'lapsing', {
      and: [
        { '>': [{ var: 'spend' }, 100] },
        { '!': [{ within_last: [{ var: 'last_visit' }, 30, 'day'] }] },
        { within_region: [{ var: 'home' }, '440000'] },
      ],
    })
  ).id;
  const values = { spend: 500, last_visit: '2026-02-20', home: '440305' };
  customer = (await saveCustomer(server, { values })).customer.id;
});
afterAll(() => server.close());

interface Explained {
  explain: { result: boolean; tree: { children: object[] }; nextChangeAt: string | null };
}

describe('why a customer is in a segment or not', () => {
  test('is told condition by condition, with what is there and when it changes by itself', async () => {
    const { explain } = await server.ask<Explained>(EXPLAIN, { customer, segment });
    expect(explain).toMatchObject({ result: false, nextChangeAt: '2026-03-21T16:00:00.000Z' });
    expect(explain.tree.children).toMatchObject([
      { path: '/and/0', text: 'Spend is greater than 100', actual: 500, result: true },
      { path: '/and/1', text: 'Last visit is not within the last 30 days', result: false },
      { path: '/and/2', actual: '440305', result: true },
    ]);
  });

  test('follows the clock', async () => {
    now = '2026-03-21T16:00:00.000Z';
    const { explain } = await server.ask<Explained>(EXPLAIN, { customer, segment });
    expect(explain.result).toBe(true);
    // What the clock alone changes is stored when she is saved next.
    const { customer: after } = await server.ask<{ customer: { version: number } }>(
      'query ($id: ID!) { customer(id: $id) { version } }',
      { id: customer },
    );
    const saved = await saveCustomer(server, { id: customer, version: after.version, values: { spend: 501 } });
    expect(saved.entered).toEqual([{ key: 'lapsing' }]);
  });

  test('of a rule that is only asked', async () => {
    const rule = { '==': [{ var: 'spend' }, null] };
    expect(await server.ask(EXPLAIN, { customer, rule })).toMatchObject({
      explain: { result: false, tree: { operation: '==', actual: 501 }, nextChangeAt: null },
    });
  });
});

describe('is refused', () => {
  const codeOf = async (variables: object, token?: string) =>
    (await server.call(EXPLAIN, variables, token === undefined ? {} : { token })).errors?.[0]?.extensions.code;

  test('without a rule, with two, for nobody, for no rule', async () => {
    expect(await codeOf({ customer })).toBe('VALIDATION_FAILED');
    expect(await codeOf({ customer, segment, rule: true })).toBe('VALIDATION_FAILED');
    expect(await codeOf({ customer: 'nonsense', segment })).toBe('NOT_FOUND');
    expect(await codeOf({ customer, segment: customer })).toBe('NOT_FOUND');
    expect(await codeOf({ customer, rule: { '>': [{ var: 'nope' }, 1] } })).toBe('RULE_INVALID');
  });

  test('to nobody who is signed in', async () => {
    expect((await server.call(EXPLAIN, { customer, segment }, { token: null })).errors?.[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    );
  });
});
