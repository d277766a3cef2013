import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFields } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const STAFF = '00000000-0000-7000-8000-000000000003';
let server: TestServer;
let clerk: string;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名' },
    { key: 'income', type: 'MONEY', label: '年收入' },
  ]);
  clerk = await server.signInAs([STAFF]);
});
afterAll(() => server.close());

const PARTS = '{ id version name shared mine filter search sort { field descending } columns { key width pinned } }';
const SAVE = `mutation ($input: CustomerViewInput!) { view: saveCustomerView(input: $input) ${PARTS} }`;
const LIST = `{ customerViews ${PARTS} }`;

interface View {
  id: string;
  version: number;
  name: string;
}

async function save(input: object, token?: string): Promise<View> {
  return (await server.ask<{ view: View }>(SAVE, { input }, token ? { token } : {})).view;
}

async function names(token?: string): Promise<readonly string[]> {
  const { customerViews } = await server.ask<{ customerViews: View[] }>(LIST, {}, token ? { token } : {});
  return customerViews.map(({ name }) => name);
}

async function refusal(query: string, variables: object, token?: string): Promise<string> {
  const { errors } = await server.call(query, variables, token ? { token } : {});
  const extensions = errors?.[0]?.extensions;
  const issues = (extensions?.['issues'] ?? []) as { path: string; code: string }[];
  return [extensions?.code, ...issues.map(({ path, code }) => `${path} ${code}`)].join(', ');
}

const whole = {
  name: ' 高收入 ',
  filter: { '>': [{ var: 'income' }, 100_000] },
  search: '张',
  sort: [{ field: 'income', descending: true }],
  columns: [{ key: 'name', width: 240, pinned: true }, { key: 'created_at' }],
};

describe('a kept list', () => {
  test('is answered as it was saved, changed at its version, and forgotten', async () => {
    const view = await save(whole);
    expect(view).toEqual({
      id: expect.any(String) as unknown,
      version: 1,
      name: '高收入',
      shared: false,
      mine: true,
      filter: whole.filter,
      search: '张',
      sort: [{ field: 'income', descending: true }],
      columns: [
        { key: 'name', width: 240, pinned: true },
        { key: 'created_at', width: null, pinned: false },
      ],
    });
    const { id } = view;
    expect(await save({ id, version: 1, name: '全部' })).toMatchObject({ version: 2, filter: null, columns: [] });
    expect(await refusal(SAVE, { input: { id, version: 1, name: '全部' } })).toBe('CONFLICT');
    expect(await refusal(SAVE, { input: { id, name: '全部' } })).toBe('VALIDATION_FAILED, version REQUIRED');
    const FORGET = 'mutation ($id: ID!) { deleteCustomerView(id: $id) }';
    expect(await refusal(FORGET, { id }, clerk)).toBe('NOT_FOUND');
    expect(await server.ask(FORGET, { id })).toEqual({ deleteCustomerView: true });
    expect(await refusal(FORGET, { id })).toBe('NOT_FOUND');
  });

  test('is refused for what it cannot show', async () => {
    const refuse = (input: object) => refusal(SAVE, { input: { name: 'x', ...input } });
    expect(await refuse({ name: ' ', columns: [{ key: 'nope' }, { key: 'name', width: 5 }, { key: 'name' }] })).toBe(
      'VALIDATION_FAILED, name REQUIRED, columns/0 UNKNOWN_FIELD, columns/1 TOO_SMALL, columns/2 NOT_UNIQUE',
    );
    expect(await refuse({ filter: { nope: [] } })).toMatch(/^RULE_INVALID/);
    expect(await refuse({ sort: [{ field: 'nope' }] })).toBe('VALIDATION_FAILED, nope UNKNOWN_FIELD');
    expect(await refuse({ search: 'x'.repeat(201) })).toBe('LIMIT_EXCEEDED');
  });

  test('is seen by others when it is shared, and only by those who may read what it is narrowed by', async () => {
    const shared = await save({ ...whole, name: 'A 共享', shared: true });
    await save({ name: 'B 共享', shared: true, sort: whole.sort, columns: [{ key: 'income' }, { key: 'name' }] });
    await save({ ...whole, name: 'C 自用' });
    expect(await names(clerk)).toEqual(['A 共享', 'B 共享']);
    expect(await refusal(SAVE, { input: { ...whole, id: shared.id, version: 1 } }, clerk)).toBe('NOT_FOUND');
    await server.database.source.query(`insert into role_field_access values ($1, 'income', 'HIDDEN')`, [STAFF]);
    await server.database.source.query('update rule_set set version = version + 1');
    expect(await server.ask(LIST, {}, { token: clerk })).toMatchObject({
      customerViews: [{ name: 'B 共享', mine: false, sort: [], columns: [{ key: 'name' }] }],
    });
    expect(await names()).toEqual(['A 共享', 'B 共享', 'C 自用']);
    expect(await refusal(SAVE, { input: { name: 'x', columns: [{ key: 'income' }] } }, clerk)).toBe(
      'VALIDATION_FAILED, columns/0 UNKNOWN_FIELD',
    );
  });
});
