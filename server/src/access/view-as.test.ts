import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { builtInRoles } from './role.ts';

const VIEW_AS = 'mutation ($roleId: ID!) { viewAs(roleId: $roleId) { token expiresAt user { id capabilities } } }';
const SAVE_ROLE = 'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }';

interface Viewed {
  readonly viewAs: { readonly token: string; readonly expiresAt: string };
}

let server: TestServer;
let roleId: string;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'income', type: 'NUMBER', label: 'Income' },
  ]);
  await saveCustomer(server, { values: { name: 'An', income: 5_000 } });
  await saveCustomer(server, { values: { name: 'Bo', income: 50 } });
  roleId = await makeRole({
    capabilities: ['EXPORT', 'ERASE_CUSTOMERS'],
    defaultAccess: 'WRITE',
    rowScope: { '==': [{ var: 'name' }, 'An'] },
  });
  await server.ask(
    'mutation ($roleId: ID!) { setFieldAccess(roleId: $roleId, entries: [{ fieldKey: "income", access: MASKED }]) { id } }',
    { roleId },
  );
});
afterAll(() => server.close());

let made = 0;
async function makeRole(more: object): Promise<string> {
  const input = { name: `role ${(made += 1)}`, capabilities: [], defaultAccess: 'READ', ...more };
  return (await server.ask<{ saveRole: { id: string } }>(SAVE_ROLE, { input })).saveRole.id;
}

const viewAs = async () => (await server.ask<Viewed>(VIEW_AS, { roleId })).viewAs.token;
const codeOf = async (query: string, variables: object, token: string) =>
  (await server.call(query, variables, { token })).errors?.[0]?.extensions.code;

describe('to view as a role', () => {
  it('is to see what it sees, and to be told what it may do', async () => {
    const token = await viewAs();
    const seen = await server.ask(
      '{ me { capabilities roles { id } } customers { totalCount nodes { values } } }',
      {},
      { token },
    );
    expect(seen).toEqual({
      me: { capabilities: ['EXPORT', 'ERASE_CUSTOMERS'], roles: [{ id: roleId }] },
      customers: { totalCount: 1, nodes: [{ values: { name: 'An', income: '5000–10000' } }] },
    });
  });

  it('is to change nothing', async () => {
    const token = await viewAs();
    const before = await server.database.source.query('select id, version from customer order by id');
    for (const [query, variables] of [
      ['mutation { saveCustomer(input: { values: { name: "Cy" } }) { customer { id } } }', {}],
      ['mutation { eraseCustomers(selection: { matching: {} }) { id } }', {}],
      ['mutation { changePassword(old: "correct horse", new: "another one") }', {}],
      [VIEW_AS, { roleId }],
    ] as const)
      expect(await codeOf(query, variables, token)).toBe('FORBIDDEN');
    expect(await server.database.source.query('select id, version from customer order by id')).toEqual(before);
    expect(await server.ask('mutation { logout }', {}, { token })).toEqual({ logout: true });
    expect(await codeOf('{ me { id } }', {}, token)).toBe('UNAUTHENTICATED');
  });

  it('leaves the browser’s own session as it is', async () => {
    const headers = { 'content-type': 'application/json', cookie: `kequn_session=${server.token}` };
    const signOut = async (token?: string) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query: 'mutation { logout }' }),
      });
      return response.headers.get('set-cookie');
    };
    expect(await signOut(await viewAs())).toBeNull();
    expect(await codeOf('{ me { id } }', {}, server.token)).toBeUndefined();
  });

  it('ends within the hour, with the role, and with the right to manage roles', async () => {
    const { viewAs: opened } = await server.ask<Viewed>(VIEW_AS, { roleId });
    expect(Date.parse(opened.expiresAt) - Date.now()).toBeLessThanOrEqual(3_600_000);

    const gone = await makeRole({});
    const { viewAs: ended } = await server.ask<Viewed>(VIEW_AS, { roleId: gone });
    await server.ask('mutation ($id: ID!) { deleteRole(id: $id) }', { id: gone });
    expect(await codeOf('{ me { id } }', {}, ended.token)).toBe('UNAUTHENTICATED');

    const managing = await makeRole({
      capabilities: ['MANAGE_ROLES', 'EXPORT', 'ERASE_CUSTOMERS'],
      defaultAccess: 'WRITE',
    });
    const manager = await server.signInAs([managing]);
    const { viewAs: viewed } = await server.ask<Viewed>(VIEW_AS, { roleId }, { token: manager });
    expect(await codeOf('{ me { id } }', {}, viewed.token)).toBeUndefined();
    const input = { id: managing, version: 1, name: 'no more', capabilities: [], defaultAccess: 'WRITE' };
    await server.ask(SAVE_ROLE, { input });
    expect(await codeOf('{ me { id } }', {}, viewed.token)).toBe('UNAUTHENTICATED');
  });

  it('P23 shows nobody more than they see themselves, and asks for the right to manage roles', async () => {
    const little = await server.signInAs([await makeRole({ capabilities: ['MANAGE_ROLES'] })]);
    expect(await codeOf(VIEW_AS, { roleId: builtInRoles.administrator }, little)).toBe('FORBIDDEN');
    expect(await codeOf(VIEW_AS, { roleId }, await server.signInAs([builtInRoles.manager]))).toBe('FORBIDDEN');
    expect(await codeOf(VIEW_AS, { roleId: 'nosuch' }, server.token)).toBe('NOT_FOUND');
  });
});
