import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { limits } from './limits.ts';

let server: TestServer;
let customer: string;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [{ key: 'name', type: 'TEXT', label: '姓名' }]);
  customer = (await saveCustomer(server, { values: { name: '张三' } })).customer.id;
});
afterAll(() => server.close());

/** The limit that a call goes beyond, as it is told. */
async function beyond(query: string, variables: object = {}): Promise<unknown> {
  const { errors } = await server.call(query, variables);
  const told = errors?.[0]?.extensions;
  return `${String(told?.code)} ${String(told?.['limit'])} ${String(told?.['max'])}`;
}

test('every limit is printed', async () => {
  const { limits: printed } = await server.ask<{ limits: Record<string, number> }>('{ limits }');
  expect(printed).toEqual(limits);
});

/* What stands elsewhere: documents in graphql/document-limits.test, searches and lists in customers/, options and the size of a row in customers/hostile-input.test, sign-ins in access/. */
describe('beyond a limit nothing is done, and the limit is told', () => {
  test.each([
    ['page', 'query { customers(first: 501) { totalCount } }'],
    ['sample', 'query { previewRule(rule: true, sample: 21) { count } }'],
    ['sortKeys', `query { customers(sort: [${'{ field: "name" } '.repeat(limits.sortKeys + 1)}]) { totalCount } }`],
  ] as const)('%s', async (limit, query) => {
    expect(await beyond(query)).toBe(`LIMIT_EXCEEDED ${limit} ${limits[limit]}`);
  });

  test('historyPage', async () => {
    const first = limits.historyPage + 1;
    const told = `LIMIT_EXCEEDED historyPage ${limits.historyPage}`;
    expect(
      await beyond('query ($id: ID!, $first: Int) { customer(id: $id) { membershipHistory(first: $first) { at } } }', {
        id: customer,
        first,
      }),
    ).toBe(told);
  });

  test('customerViews, of one user', async () => {
    const save = 'mutation ($input: CustomerViewInput!) { saveCustomerView(input: $input) { id } }';
    for (let made = 0; made < limits.customerViews; made += 1)
      await server.ask(save, { input: { name: `列表 ${made}`, shared: false } });
    expect(await beyond(save, { input: { name: '再一个', shared: false } })).toBe(
      `LIMIT_EXCEEDED customerViews ${limits.customerViews}`,
    );
  });

  test('fields, archived ones counted', async () => {
    await server.ask('mutation { archiveField(key: "name") { key } }');
    // Through the API this takes half a minute on a slow machine.
    await server.database.source.query(
      `insert into field
       select (jsonb_populate_record(f, jsonb_build_object('key', 'f' || n, 'position', n))).*
         from field f, generate_series(1, ${limits.fields - 1}) as n where f.key = 'name'`,
    );
    await server.database.source.query('update rule_set set version = version + 1');
    expect(
      await beyond('mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
        input: { key: 'onemore', type: 'TEXT', label: 'x' },
      }),
    ).toBe(`LIMIT_EXCEEDED fields ${limits.fields}`);
  });
});
