import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  activeSegment,
  createFields,
  membershipErrors,
  saveCustomer,
  saveSegment,
  setSegment,
  type SavedSegment,
} from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let big: SavedSegment;
let local: SavedSegment;

const over = (key: string, value: number) => ({ '>': [{ var: key }, value] });
const within = (key: string) => ({ in_segment: [key] });

/** A diamond: `both` asks for two segments that both ask for `big`; `outside` asks for whoever is not in `both`. */
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'spend', type: 'NUMBER', label: '消费' },
    { key: 'visits', type: 'NUMBER', label: '到店' },
    { key: 'city', type: 'TEXT', label: '城市' },
  ]);
  big = await activeSegment(server, 'big', over('spend', 100));
  local = await activeSegment(server, 'local', { and: [within('big'), { '==': [{ var: 'city' }, '上海'] }] });
  await activeSegment(server, 'frequent', { or: [within('big'), over('visits', 10)] });
  await activeSegment(server, 'both', { and: [within('local'), within('frequent')] });
  await activeSegment(server, 'outside', { '!': [within('both')] });
});
afterAll(() => server.close());

const keys = (moved: readonly { key: string }[]) => moved.map(({ key }) => key).toSorted();

async function segmentsOf(id: string): Promise<string[]> {
  const { customer } = await server.ask<{ customer: { memberships: { segment: { key: string } }[] } }>(
    'query ($id: ID!) { customer(id: $id) { memberships { segment { key } } } }',
    { id },
  );
  return keys(customer.memberships.map(({ segment }) => segment));
}

async function refusalOf(input: object): Promise<unknown> {
  const { errors } = await server.call('mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }', {
    input,
  });
  return errors?.[0]?.extensions;
}

describe('rules that ask for membership', () => {
  test('follow in the same save, along the whole way', async () => {
    const poor = await saveCustomer(server, { values: { spend: 5, city: '上海' } });
    expect(keys(poor.entered)).toEqual(['outside']);
    const { id } = poor.customer;
    const rich = await saveCustomer(server, { id, version: 1, values: { spend: 500 } });
    expect({ entered: keys(rich.entered), left: keys(rich.left) }).toEqual({
      entered: ['big', 'both', 'frequent', 'local'],
      left: ['outside'],
    });
    const moved = await saveCustomer(server, { id, version: 2, values: { city: '北京', visits: 20 } });
    expect({ entered: keys(moved.entered), left: keys(moved.left) }).toEqual({
      entered: ['outside'],
      left: ['both', 'local'],
    });
    const dropped = await saveCustomer(server, { id, version: 3, values: { spend: 1 } });
    expect({ entered: keys(dropped.entered), left: keys(dropped.left) }).toEqual({ entered: [], left: ['big'] });
    expect(await segmentsOf(id)).toEqual(['frequent', 'outside']);
    expect(await membershipErrors(server)).toBe(0);
  });

  test('hold for a new customer at once', async () => {
    const { customer } = await saveCustomer(server, { values: { spend: 500, city: '上海' } });
    expect(await segmentsOf(customer.id)).toEqual(['big', 'both', 'frequent', 'local']);
  });

  test('follow a segment whose rule changes, that is paused, and that is active again', async () => {
    const { customer } = await saveCustomer(server, { values: { spend: 200, city: '上海' } });
    await saveSegment(server, { id: big.id, version: big.version, name: 'big', rule: over('spend', 300) });
    expect(await segmentsOf(customer.id)).toEqual(['outside']);
    await setSegment(server, 'pause', big.id);
    expect(await membershipErrors(server)).toBe(0);
    await saveSegment(server, { id: big.id, version: big.version + 1, name: 'big', rule: over('spend', 100) });
    expect(await segmentsOf(customer.id)).toEqual(['outside']);
    await setSegment(server, 'activate', big.id);
    expect(await segmentsOf(customer.id)).toEqual(['big', 'both', 'frequent', 'local']);
    expect(await membershipErrors(server)).toBe(0);
  });

  test('are refused where they would come back to themselves, with the way named', async () => {
    const rule = { and: [over('spend', 1), within('both')] };
    const { version } = (await server.ask<{ segment: SavedSegment }>(`{ segment(id: "${big.id}") { version } }`))
      .segment;
    expect(await refusalOf({ id: big.id, version, name: 'big', rule })).toMatchObject({
      code: 'RULE_INVALID',
      issues: [{ code: 'CYCLE', path: '/and/1', message: 'Segments ask for each other: big → both → frequent → big' }],
    });
    expect(
      await refusalOf({ id: local.id, version: local.version, name: 'local', rule: within('local') }),
    ).toMatchObject({
      issues: [{ code: 'CYCLE', path: '', message: 'Segments ask for each other: local → local' }],
    });
  });

  test('name segments that there are', async () => {
    expect(await refusalOf({ name: 'x', rule: within('nowhere') })).toMatchObject({
      code: 'RULE_INVALID',
      issues: [{ code: 'UNKNOWN_SEGMENT', path: '/in_segment/0' }],
    });
  });

  test('keep the segment that they name from being deleted', async () => {
    const { errors } = await server.call('mutation ($id: ID!) { deleteSegment(id: $id) }', { id: local.id });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'IN_USE', usedBy: [{ kind: 'segment', name: 'both' }] });
  });

  test('are answered in lists and explained', async () => {
    const { customer } = await saveCustomer(server, { values: { spend: 900, city: '广州' } });
    const { customers } = await server.ask<{ customers: { nodes: { id: string }[] } }>(
      'query ($filter: Rule) { customers(filter: $filter) { nodes { id } } }',
      { filter: { and: [within('big'), over('spend', 800)] } },
    );
    expect(customers.nodes).toEqual([{ id: customer.id }]);
    const { explain } = await server.ask<{ explain: { result: boolean; tree: unknown } }>(
      'query ($id: ID!, $rule: Rule) { explain(customerId: $id, rule: $rule) { result tree } }',
      { id: customer.id, rule: { and: [within('big'), within('local')] } },
    );
    expect(explain).toMatchObject({
      result: false,
      tree: {
        children: [
          { text: 'is in the segment “big”', result: true },
          { text: 'is in the segment “local”', result: false },
        ],
      },
    });
  });
});
