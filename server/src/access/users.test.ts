import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, startTestServer, type TestServer } from '../testing/test-server.ts';
import { builtInRoles } from './role.ts';

interface Shown {
  readonly id: string;
  readonly email: string | null;
  readonly active: boolean;
  readonly attributes: object;
  readonly capabilities: readonly string[];
  readonly roles: readonly { name: string; defaultAccess: string | null }[];
}

const PARTS = '{ id email active attributes capabilities roles { name defaultAccess } }';

let server: TestServer;
let staff: string;
let staffId: string;
beforeAll(async () => {
  server = await startTestServer();
  staff = await server.signInAs([builtInRoles.staff, builtInRoles.manager]);
  staffId = (await server.ask<{ me: Shown }>('{ me { id } }', {}, { token: staff })).me.id;
  await server.database.source.query(
    `insert into app_user (id, email, name, password_hash, active) values (gen_random_uuid(), 'gone@example.com', 'gone', '', false)`,
  );
  await server.database.source.query(`update app_user set attributes = '{"shop": "A"}'`);
});
afterAll(() => server.close());

const usersFor = async (token: string) =>
  (await server.ask<{ users: Shown[] }>(`{ users ${PARTS} }`, {}, { token })).users;

describe('users', () => {
  it('see of themselves everything but how hidden things are decided', async () => {
    const { me } = await server.ask<{ me: Shown }>(`{ me ${PARTS} }`, {}, { token: staff });
    expect(me).toMatchObject({ email: `${staffId}@example.com`, attributes: { shop: 'A' } });
    expect(me.capabilities.toSorted()).toEqual([
      'EXPORT',
      'IMPORT',
      'MANAGE_AUTOMATIONS',
      'MANAGE_FIELDS',
      'MANAGE_FORMS',
      'MANAGE_MODELS',
      'MANAGE_SEGMENTS',
    ]);
    expect(me.roles.map(({ name }) => name).toSorted()).toEqual(['Manager', 'Staff']);
    expect(me.roles.map(({ defaultAccess }) => defaultAccess)).toEqual([null, null]);
  });

  it('see of others id and name alone, and only of the active ones', async () => {
    const users = await usersFor(staff);
    expect(users).toHaveLength(2);
    expect(users.find(({ id }) => id !== staffId)).toMatchObject({
      email: null,
      attributes: {},
      capabilities: [],
      roles: [],
    });
  });

  it('are all shown to who manages them', async () => {
    const users = await usersFor(server.token);
    expect(users.map(({ email }) => email).toSorted()).toEqual(
      [admin.email, `${staffId}@example.com`, 'gone@example.com'].toSorted(),
    );
    const first = users.find(({ id }) => id === staffId);
    expect(first).toMatchObject({
      attributes: { shop: 'A' },
      roles: [{ defaultAccess: 'WRITE' }, { defaultAccess: 'WRITE' }],
    });
  });
});

describe('limits', () => {
  it('are told by name, each a number', async () => {
    const { limits } = await server.ask<{ limits: Record<string, unknown> }>('{ limits }', {}, { token: staff });
    expect(limits).toMatchObject({ page: 500, queryDepth: 12, fields: 500, loginFailures: 10 });
    for (const limit of Object.values(limits)) expect(limit).toEqual(expect.any(Number));
  });
});
