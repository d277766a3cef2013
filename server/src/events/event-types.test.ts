import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtInRoles } from '../access/role.ts';
import { limits } from '../platform/limits.ts';
import { saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const PARTS = '{ key label labels properties { key type label } }';
const SAVE = `mutation ($input: EventTypeInput!) { saveEventType(input: $input) ${PARTS} }`;

async function save(input: object): Promise<unknown> {
  return (await server.ask<{ saveEventType: unknown }>(SAVE, { input })).saveEventType;
}

async function refusal(input: object, token?: string): Promise<readonly unknown[]> {
  const { errors } = await server.call(SAVE, { input }, token ? { token } : {});
  const {
    code,
    limit,
    issues = [],
  } = (errors?.[0]?.extensions ?? {}) as {
    code?: string;
    limit?: string;
    issues?: { path: string; code: string }[];
  };
  return [code, ...(limit ? [limit] : []), ...issues.map((issue) => `${issue.path} ${issue.code}`)];
}

async function version(): Promise<number> {
  const [row] = await server.database.source.query<[{ version: number }]>('select version from rule_set');
  return row.version;
}

test('order is there from the start, named in the language of whoever asks', async () => {
  const order = { key: 'order', labels: { 'zh-CN': '订单', en: 'Order' }, properties: [] };
  const list = (language: string) =>
    server.ask(`{ eventTypes ${PARTS} }`, {}, { headers: { 'accept-language': language } });
  expect(await list('en')).toEqual({ eventTypes: [{ ...order, label: 'Order' }] });
  expect(await list('zh-CN')).toEqual({ eventTypes: [{ ...order, label: '订单' }] });
});

describe('saving', () => {
  test('makes a type; what is not given stays, and the rules know of it', async () => {
    const properties = [{ key: 'channel', type: 'TEXT', label: '渠道' }];
    const before = await version();
    const made = await save({ key: 'contact', label: ' 联系 ', labels: { en: 'Contact' }, properties });
    expect(made).toEqual({ key: 'contact', label: 'Contact', labels: { en: 'Contact' }, properties });
    expect(await version()).toBe(before + 1);
    expect(await save({ key: 'contact', label: '联络' })).toEqual(made);
    expect(await save({ key: 'contact', label: '联络', labels: null, properties: [] })).toEqual({
      key: 'contact',
      label: '联络',
      labels: {},
      properties: [],
    });
  });

  test('tells every issue at once', async () => {
    const property = { key: 'x', type: 'TEXT', label: 'x' };
    const properties = [
      property,
      ...['at', 'amount', 'id', 'type', 'X', '__proto__'].map((key) => ({ ...property, key })),
      { ...property, key: 'a', type: 'MULTI_SELECT' },
      { ...property, key: 'b', type: 'SELECT', label: ' ' },
      property,
    ];
    expect(await refusal({ key: 'constructor', label: '', labels: { nope_: 'x' }, properties })).toEqual([
      'VALIDATION_FAILED',
      'label REQUIRED',
      'labels/nope_ INVALID',
      'key INVALID',
      ...[1, 2, 3, 4, 5, 6].map((index) => `properties/${index}/key INVALID`),
      'properties/7/type INVALID',
      'properties/8/type INVALID',
      'properties/8/label REQUIRED',
      'properties/9/key NOT_UNIQUE',
    ]);
  });

  test('what events tell keeps its type and stays; anything else may go', async () => {
    const [used, free] = [
      { key: 'used', type: 'NUMBER', label: 'Used' },
      { key: 'free', type: 'NUMBER', label: 'Free' },
    ];
    await save({ key: 'call', label: '来电', properties: [used, free] });
    const { customer } = await saveCustomer(server, { values: {} });
    const event = { customerId: customer.id, type: 'call', at: '2026-01-01T00:00Z', properties: { used: 1 } };
    await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', { events: [event] });
    const call = (properties: readonly object[]) => ({ key: 'call', label: '来电', properties });
    expect(await refusal(call([free]))).toEqual(['VALIDATION_FAILED', 'properties READ_ONLY']);
    expect(await refusal(call([free, { ...used, type: 'TEXT' }]))).toEqual([
      'VALIDATION_FAILED',
      'properties/1/type READ_ONLY',
    ]);
    const properties = [
      { ...free, type: 'DATE' },
      { ...used, label: '已用' },
    ];
    expect(await save(call(properties))).toMatchObject({ properties });
    expect(await save(call([{ ...used, label: '已用' }]))).toMatchObject({ properties: [{ key: 'used' }] });
  });

  test('needs MANAGE_FIELDS', async () => {
    const token = await server.signInAs([builtInRoles.manager]);
    expect(await refusal({ key: 'mine', label: 'Mine' }, token)).toEqual(['FORBIDDEN']);
  });

  test('there are limits', async () => {
    const properties = Array.from({ length: limits.eventProperties + 1 }, (_, n) => ({
      key: `p${n}`,
      type: 'TEXT',
      label: 'p',
    }));
    expect(await refusal({ key: 'wide', label: 'Wide', properties })).toEqual(['LIMIT_EXCEEDED', 'eventProperties']);
    await server.database.source.query(
      `insert into event_type select 't' || n, 't', '{}', '[]', 1 from generate_series(1, ${limits.eventTypes}) as n`,
    );
    expect(await refusal({ key: 'onemore', label: 'x' })).toEqual(['LIMIT_EXCEEDED', 'eventTypes']);
    expect(await save({ key: 't1', label: 'renamed' })).toMatchObject({ label: 'renamed' });
  });
});
