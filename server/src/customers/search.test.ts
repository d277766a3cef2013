import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名' },
    { key: 'phone', type: 'PHONE', label: '手机' },
    { key: 'email', type: 'EMAIL', label: '邮箱' },
    { key: 'secret', type: 'TEXT', label: '备注' },
    { key: 'spend', type: 'NUMBER', label: '消费' },
  ]);
  for (const values of [
    { name: '张伟', phone: '13800138000', email: 'Wei.Zhang@example.com', secret: '欠款' },
    { name: '欧阳锋', phone: '021-58881234', email: 'west@poison.cn' },
    { name: '单雄信', secret: '100%_ok\\n' },
    { name: 'Ｌｉ Ｓｉ', email: 'li.si@example.com', spend: 138 },
    { name: '李四' },
  ])
    await saveCustomer(server, { values });
});
afterAll(() => server.close());

const SEARCH = `query ($search: String, $filter: Rule, $sort: [SortInput!], $first: Int, $after: String) {
  customers(search: $search, filter: $filter, sort: $sort, first: $first, after: $after) {
    nodes { values } totalCount pageInfo { endCursor } } }`;

interface Found {
  customers: { nodes: { values: { name: string } }[]; totalCount: number; pageInfo: { endCursor: string } };
}

async function found(search: string, others: object = {}, token?: string): Promise<readonly string[]> {
  const sort = [{ field: 'created_at' }];
  const { customers } = await server.ask<Found>(SEARCH, { search, sort, ...others }, token ? { token } : {});
  expect(customers.totalCount).toBe(customers.nodes.length);
  return customers.nodes.map(({ values }) => values.name);
}

async function refusal(variables: object): Promise<unknown> {
  const { errors } = await server.call(SEARCH, variables);
  const extensions = errors?.[0]?.extensions;
  const { code, limit } = { code: extensions?.code, limit: extensions?.['limit'] };
  return limit === undefined ? code : `${String(code)} ${String(limit)}`;
}

describe('a search finds customers', () => {
  test.each([
    ['张', ['张伟']],
    ['张伟', ['张伟']],
    ['zhang wei', ['张伟']],
    ['ZW', ['张伟']],
    ['ouyangfeng', ['欧阳锋']],
    ['oyf', ['欧阳锋']],
    ['shanxiong', ['单雄信']],
    ['danxiong', ['单雄信']],
    ['ls', ['李四']],
    ['lisi', ['李四']],
    ['li', ['Li Si', '李四']],
    ['ｌｉ　ｓｉ', ['Li Si', '李四']],
    ['138 0013', ['张伟']],
    ['+86 138-0013-8000', ['张伟']],
    ['5888', ['欧阳锋']],
    ['EXAMPLE.com', ['张伟', 'Li Si']],
    ['张 example', ['张伟']],
    ['张 poison', []],
    ['138', ['张伟']],
    ['', ['张伟', '欧阳锋', '单雄信', 'Li Si', '李四']],
    ['  ', ['张伟', '欧阳锋', '单雄信', 'Li Si', '李四']],
  ])('%j → %j', async (search, names) => {
    expect((await found(search)).map((name) => name.normalize('NFKC'))).toEqual(names);
  });

  test('P41: what means something in patterns is nothing but itself', async () => {
    expect(await found('%')).toEqual(['单雄信']);
    expect(await found('%_')).toEqual(['单雄信']);
    expect(await found('\\')).toEqual(['单雄信']);
    expect(await found('a%m')).toEqual([]);
    expect(await found(`'; drop table customer; --`)).toEqual([]);
  });

  test('together with a filter, and page by page', async () => {
    expect(await found('li', { filter: { '==': [{ var: 'spend' }, 138] } })).toEqual(['Ｌｉ Ｓｉ']);
    const first = await server.ask<Found>(SEARCH, { search: 'example', first: 1 });
    const after = first.customers.pageInfo.endCursor;
    const second = await server.ask<Found>(SEARCH, { search: 'EXAMPLE ', first: 1, after });
    const names = [first, second].map(({ customers }) => customers.nodes[0]?.values.name);
    expect(new Set(names)).toEqual(new Set(['张伟', 'Ｌｉ Ｓｉ']));
    expect(await refusal({ search: 'other', first: 1, after })).toBe('VALIDATION_FAILED');
  });

  test('as they are now: changed values are found, former ones are not', async () => {
    const { customer } = await saveCustomer(server, { values: { name: '旧名', email: 'old@example.org' } });
    await saveCustomer(server, { id: customer.id, version: 1, values: { name: '新名', email: null } });
    expect(await found('旧名')).toEqual([]);
    expect(await found('example.org')).toEqual([]);
    expect(await found('xinming')).toEqual(['新名']);
  });
});

describe('a search is refused', () => {
  test('when it is too long, has too many words or a character that no text holds', async () => {
    expect(await refusal({ search: 'x'.repeat(201) })).toBe('LIMIT_EXCEEDED searchLength');
    expect(await refusal({ search: 'a b c d e f g h i' })).toBe('LIMIT_EXCEEDED searchTerms');
    expect(await refusal({ search: 'a\0b' })).toBe('VALIDATION_FAILED');
    expect(await refusal({ search: '\uD83D' })).toBe('VALIDATION_FAILED');
  });
});

test('a search does not look into fields that the viewer may not read, nor into archived ones', async () => {
  expect(await found('欠款')).toEqual(['张伟']);
  const clerk = await server.signInAs(['00000000-0000-7000-8000-000000000003']);
  for (const access of ['HIDDEN', 'MASKED']) {
    await server.database.source.query(
      `insert into role_field_access values ('00000000-0000-7000-8000-000000000003', 'secret', $1)
       on conflict (role_id, field_key) do update set access = excluded.access`,
      [access],
    );
    await server.database.source.query('update rule_set set version = version + 1');
    expect(await found('欠款', {}, clerk)).toEqual([]);
    expect(await found('zw', {}, clerk)).toEqual(['张伟']);
  }
  await server.ask('mutation { archiveField(key: "secret") { key } }');
  expect(await found('欠款')).toEqual([]);
});
