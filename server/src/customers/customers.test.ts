import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  for (const input of [
    { key: 'name', type: 'TEXT', label: '姓名', required: true },
    { key: 'charges', type: 'NUMBER', label: '月费', validation: { min: 0 } },
    { key: 'vip', type: 'BOOLEAN', label: '会员' },
    { key: 'born', type: 'DATE', label: '生日' },
    {
      key: 'level',
      type: 'SELECT',
      label: '等级',
      options: [
        { key: 'gold', label: '金' },
        { key: 'silver', label: '银' },
        { key: 'old', label: '旧', archived: true },
      ],
    },
  ]) {
    await server.ask('mutation ($input: FieldInput!) { createField(input: $input) { key } }', { input });
  }
});
afterAll(() => server.close());

const SAVE = `mutation ($input: CustomerInput!) { saveCustomer(input: $input) {
  customer { id version createdAt updatedAt values } entered { key } left { key } } }`;

interface Saved {
  saveCustomer: {
    customer: { id: string; version: number; values: Record<string, unknown> };
    entered: { key: string }[];
    left: { key: string }[];
  };
}

async function save(input: object): Promise<Saved['saveCustomer']> {
  return (await server.ask<Saved>(SAVE, { input })).saveCustomer;
}

async function refusal(input: object) {
  const { errors } = await server.call(SAVE, { input });
  const extensions = errors?.[0]?.extensions;
  const issues = (extensions?.['issues'] as { path: string; code: string }[] | undefined)?.map(
    ({ path, code }) => `${path} ${code}`,
  );
  return {
    code: extensions?.code,
    ...(issues && { issues }),
    ...(extensions?.['currentVersion'] !== undefined && { currentVersion: extensions['currentVersion'] }),
  };
}

async function counts(): Promise<unknown> {
  const [row] = await server.database.source.query<unknown[]>(
    `select (select count(*) from customer) as customers, (select count(*) from audit_entry) as audit, (select count(*) from outbox) as outbox,
            (select sum(version) from customer) as versions, (select count(*) from membership_change) as changes`,
  );
  return row;
}

describe('saving', () => {
  test('creates, answers the normal form, and changes only what is given', async () => {
    const made = await save({
      values: { name: '  张三 ', charges: 70.5, vip: true, born: '2000-02-29', level: 'gold' },
    });
    expect(made.customer).toMatchObject({
      version: 1,
      values: { name: '张三', charges: 70.5, vip: true, born: '2000-02-29', level: 'gold' },
    });
    const { customer } = await save({ id: made.customer.id, version: 1, values: { charges: null } });
    expect(customer).toMatchObject({ version: 2, values: { name: '张三', charges: null, vip: true } });
  });

  test('tells every issue at once, and writes nothing', async () => {
    const before = await counts();
    expect(
      await refusal({ values: { charges: '5', vip: 'yes', born: '2025-02-30', level: 'bronze', nope: 1 } }),
    ).toEqual({
      code: 'VALIDATION_FAILED',
      issues: [
        'charges WRONG_TYPE',
        'vip WRONG_TYPE',
        'born INVALID',
        'level NOT_AN_OPTION',
        'nope UNKNOWN_FIELD',
        'name REQUIRED',
      ],
    });
    expect(await refusal({ values: { name: 'a', owner: null } })).toMatchObject({ issues: ['owner UNKNOWN_FIELD'] });
    expect(await refusal({ values: { name: 'a', level: 'old' } })).toMatchObject({ issues: ['level NOT_AN_OPTION'] });
    expect(await refusal({ values: [1] })).toMatchObject({ issues: ['values WRONG_TYPE'] });
    expect(await refusal({ ownerId: 'nobody', values: { name: 'a' } })).toMatchObject({ issues: ['owner INVALID'] });
    expect(await counts()).toEqual(before);
  });

  test('a required field may not be emptied, but need not be named again', async () => {
    const { customer } = await save({ values: { name: '李四' } });
    expect(await refusal({ id: customer.id, version: 1, values: { name: ' ' } })).toEqual({
      code: 'VALIDATION_FAILED',
      issues: ['name REQUIRED'],
    });
    expect((await save({ id: customer.id, version: 1, values: { charges: 1 } })).customer.version).toBe(2);
  });

  test('P73: of two editors of one version the second is told the present one', async () => {
    const { customer } = await save({ values: { name: '王五' } });
    await save({ id: customer.id, version: 1, values: { charges: 1 } });
    expect(await refusal({ id: customer.id, version: 1, values: { charges: 2 } })).toEqual({
      code: 'CONFLICT',
      currentVersion: 2,
    });
    expect(await refusal({ id: customer.id, values: { charges: 2 } })).toMatchObject({ issues: ['version REQUIRED'] });
  });

  test('P74: of parallel writers each is accepted once per version or told', async () => {
    const { customer } = await save({ values: { name: '赵六', charges: 0 } });
    let accepted = 0;
    const writer = async (): Promise<void> => {
      for (let round = 0; round < 10; round += 1) {
        const { customer: now } = await server.ask<{ customer: { version: number } }>(
          'query ($id: ID!) { customer(id: $id) { version } }',
          { id: customer.id },
        );
        const { errors } = await server.call(SAVE, {
          input: { id: customer.id, version: now.version, values: { charges: round } },
        });
        if (errors) expect(errors[0]?.extensions.code).toBe('CONFLICT');
        else accepted += 1;
      }
    };
    await Promise.all(Array.from({ length: 8 }, writer));
    const { customer: end } = await server.ask<{ customer: { version: number } }>(
      'query ($id: ID!) { customer(id: $id) { version } }',
      { id: customer.id },
    );
    expect(end.version).toBe(1 + accepted);
  });

  test('what does not exist', async () => {
    for (const id of ['nonsense', '018f0000-0000-7000-8000-000000000000']) {
      expect(await refusal({ id, version: 1, values: {} })).toEqual({ code: 'NOT_FOUND' });
      expect(await server.ask('query ($id: ID!) { customer(id: $id) { id } }', { id })).toEqual({ customer: null });
    }
  });

  test('P31 P35 P41: hostile text is a value like any other', async () => {
    for (const name of [`'; drop table customer; --`, '%_\\', '${1}', '"f_name"', '‮abc', '😀'.repeat(1000)]) {
      const { customer } = await save({ values: { name } });
      const found = await server.ask<{ customers: { nodes: { id: string }[] } }>(
        'query ($filter: Rule) { customers(filter: $filter) { nodes { id } } }',
        { filter: { '==': [{ var: 'name' }, name] } },
      );
      expect(found.customers.nodes).toEqual([{ id: customer.id }]);
    }
  });
});

describe('lists', () => {
  const PAGE = `query ($filter: Rule, $sort: [SortInput!], $first: Int, $after: String) {
    customers(filter: $filter, sort: $sort, first: $first, after: $after) { totalCount nodes { id values } pageInfo { hasNextPage endCursor } } }`;
  interface Page {
    customers: {
      totalCount: number;
      nodes: { id: string; values: Record<string, unknown> }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }
  const page = async (variables: object) => (await server.ask<Page>(PAGE, variables)).customers;
  const codeOf = async (variables: object) => (await server.call(PAGE, variables)).errors?.[0]?.extensions.code;

  beforeAll(async () => {
    const people: [string, number | null][] = [
      ['张三', 3],
      ['李四', null],
      ['王五', 1],
      ['陈六', 3],
      ['赵七', null],
      ['欧阳', 2],
    ];
    for (const [name, charges] of people)
      await save({ values: { name, charges, level: 'silver', born: '1990-01-01' } });
  });
  const listed = { and: [{ '==': [{ var: 'level' }, 'silver'] }] };

  test('P103: Chinese sorts by pinyin', async () => {
    const { nodes } = await page({ filter: listed, sort: [{ field: 'name' }] });
    expect(nodes.map(({ values }) => values['name'])).toEqual(['陈六', '李四', '欧阳', '王五', '张三', '赵七']);
  });

  test('every order is paged so that each row is met once, with empty values last', async () => {
    for (const sort of [
      [],
      [{ field: 'charges' }],
      [{ field: 'charges', descending: true }],
      [{ field: 'born' }, { field: 'name', descending: true }],
      [{ field: 'level' }],
      [{ field: 'created_at' }],
      [{ field: 'owner' }],
      [{ field: 'vip' }],
    ]) {
      const met: string[] = [];
      let after: string | null = null;
      for (;;) {
        const { nodes, pageInfo, totalCount }: Page['customers'] = await page({
          filter: listed,
          sort,
          first: 2,
          after,
        });
        expect(totalCount).toBe(6);
        met.push(...nodes.map(({ values }) => `${String(values['name'])} ${String(values['charges'])}`));
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor;
      }
      expect(new Set(met).size).toBe(6);
      expect(met).toEqual(
        (await page({ filter: listed, sort })).nodes.map(
          ({ values }) => `${String(values['name'])} ${String(values['charges'])}`,
        ),
      );
      if (sort[0]?.field === 'charges') expect(met.slice(4).every((each) => each.endsWith('null'))).toBe(true);
    }
  });

  test('P52: page sizes outside of the limits are refused', async () => {
    for (const first of [-1, 0, 501, 1e9]) expect(await codeOf({ first })).toBe('LIMIT_EXCEEDED');
    for (const first of [2 ** 31, 1.5, 'x']) expect((await server.call(PAGE, { first })).status).toBe(400);
    expect((await page({ first: 500 })).nodes.length).toBeGreaterThan(5);
  });

  test('cursors that are not ours, or of another question', async () => {
    const { pageInfo } = await page({ first: 1 });
    for (const after of ['x', '', 'eyJ2IjpbXX0', Buffer.from('{"v":[],"id":"a","of":"b"}').toString('base64url')]) {
      if (after !== '') expect(await codeOf({ after })).toBe('VALIDATION_FAILED');
    }
    expect(await codeOf({ after: pageInfo.endCursor, sort: [{ field: 'name' }] })).toBe('VALIDATION_FAILED');
    expect(await codeOf({ after: pageInfo.endCursor, filter: true })).toBe('VALIDATION_FAILED');
    expect(await codeOf({ after: pageInfo.endCursor })).toBeUndefined();
  });

  test('P25 P34: empty lists match nobody, wrong filters are errors', async () => {
    expect((await page({ filter: { in: [{ var: 'name' }, []] } })).nodes).toEqual([]);
    for (const filter of [
      {},
      { and: [] },
      { '==': [{ var: 'name' }, { var: ['x', 'y'] }] },
      { or: [{ '<': [{ var: 'charges' }, `1' or '1'='1`] }] },
    ]) {
      expect(await codeOf({ filter })).toBe('RULE_INVALID');
    }
    expect(await codeOf({ sort: [{ field: 'nope"; drop table customer' }] })).toBe('VALIDATION_FAILED');
  });
});
