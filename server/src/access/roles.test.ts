import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFields } from '../testing/calls.ts';
import { admin, startTestServer, type TestServer } from '../testing/test-server.ts';
import { builtInRoles } from './role.ts';

const ROLE = '{ id name version capabilities defaultAccess fieldAccess { fieldKey access } rowScope }';
const SAVE = `mutation ($input: RoleInput!) { saveRole(input: $input) ${ROLE} }`;
const SET = `mutation ($id: ID!, $version: Int, $entries: [FieldAccessInput!]!) {
  setFieldAccess(roleId: $id, version: $version, entries: $entries) ${ROLE} }`;
const DELETE = 'mutation ($id: ID!) { deleteRole(id: $id) }';
const SAVE_USER =
  'mutation ($input: UserInput!) { saveUser(input: $input) { id email name active roles { name } attributes } }';
const LOGIN = 'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { token } }';

interface SavedRole {
  readonly id: string;
  readonly version: number;
  readonly fieldAccess: readonly { fieldKey: string; access: string }[];
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'income', type: 'NUMBER', label: 'Income' },
    { key: 'city', type: 'TEXT', label: 'City' },
  ]);
});
afterAll(() => server.close());

let made = 0;
const roleInput = (more: object = {}) => ({
  name: `role ${(made += 1)}`,
  capabilities: [],
  defaultAccess: 'READ',
  ...more,
});
const makeRole = async (more: object = {}, token = server.token) =>
  (await server.ask<{ saveRole: SavedRole }>(SAVE, { input: roleInput(more) }, { token })).saveRole;
const setAccess = async (role: SavedRole, entries: Record<string, string | null>, token = server.token) => {
  const list = Object.entries(entries).map(([fieldKey, access]) => ({ fieldKey, access }));
  const variables = { id: role.id, version: role.version, entries: list };
  return (await server.ask<{ setFieldAccess: SavedRole }>(SET, variables, { token })).setFieldAccess;
};
const refusal = async (query: string, variables: object, token = server.token) => {
  const before = await stored();
  const { errors } = await server.call(query, variables, { token });
  expect(await stored()).toEqual(before);
  const { issues, ...extensions } = (errors?.[0]?.extensions ?? {}) as { issues?: { path: string; code: string }[] };
  return issues ? { ...extensions, issues: issues.map(({ path, code }) => `${path} ${code}`) } : extensions;
};
const stored = () =>
  server.database.source.query(
    `select (select jsonb_agg(to_jsonb(r) order by r.id) from role r) as roles, (select count(*) from role_field_access) as entries,
            (select jsonb_agg(to_jsonb(u) - 'password_hash' order by u.id) from app_user u) as users, (select count(*) from user_role) as held,
            (select count(*) from audit_entry) as audit, (select count(*) from reference) as reads, (select count(*) from session) as sessions`,
  );

describe('a role', () => {
  it('is made with what it allows, changed at the version that was read, and deleted', async () => {
    const role = await makeRole({ name: 'Sales', capabilities: ['EXPORT', 'EXPORT'], defaultAccess: 'MASKED' });
    expect(role).toMatchObject({
      name: 'Sales',
      version: 1,
      capabilities: ['EXPORT'],
      defaultAccess: 'MASKED',
      rowScope: null,
    });
    const input = { id: role.id, version: 1, name: 'Sales East', capabilities: [], defaultAccess: 'READ' };
    const { saveRole } = await server.ask<{ saveRole: SavedRole }>(SAVE, { input });
    expect(saveRole).toMatchObject({ name: 'Sales East', version: 2, capabilities: [] });
    expect(await refusal(SAVE, { input })).toEqual({ code: 'CONFLICT', currentVersion: 2 });
    expect(await server.ask(DELETE, { id: role.id })).toEqual({ deleteRole: true });
    expect(await refusal(DELETE, { id: role.id })).toEqual({ code: 'NOT_FOUND' });
  });

  it.each([
    ['a role', SAVE, () => ({ input: roleInput({ id: '', version: 1 }) })],
    [
      'a user',
      SAVE_USER,
      () => ({ input: { id: '', email: 'x@example.com', name: 'x', password: 'long enough', roleIds: [] } }),
    ],
    [
      'a customer',
      'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id } } }',
      () => ({ input: { id: '', version: 1, values: {} } }),
    ],
    [
      'a segment',
      'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }',
      () => ({ input: { id: '', version: 1, name: 'x' } }),
    ],
  ])('P24: %s of an empty id is none, and none is made', async (_, query, variables) => {
    expect(await refusal(query, variables())).toEqual({ code: 'NOT_FOUND' });
  });

  it('has a name of its own', async () => {
    await makeRole({ name: 'Twice' });
    for (const [name, issue] of [
      ['Twice', 'name NOT_UNIQUE'],
      ['  ', 'name REQUIRED'],
    ])
      expect(await refusal(SAVE, { input: roleInput({ name }) })).toEqual({
        code: 'VALIDATION_FAILED',
        issues: [issue],
      });
  });

  it('keeps its scope when none is sent, and sees all again by null', async () => {
    const rowScope = { '==': [{ var: 'city' }, { me: ['city'] }] };
    const role = await makeRole({ rowScope });
    expect(role).toMatchObject({ rowScope });
    const named = await makeRole({ id: role.id, version: 1 });
    expect(named).toMatchObject({ rowScope });
    expect(await makeRole({ id: role.id, version: 2, rowScope: null })).toMatchObject({ rowScope: null });
  });

  it.each([
    ['a field that does not exist', { '==': [{ var: 'nosuch' }, 1] }, '/==/0/var UNKNOWN_FIELD'],
    ['what is no condition', { '+': [{ var: 'income' }, 1] }, ' NOT_BOOLEAN'],
  ])('takes no scope of %s', async (_, rowScope, issue) => {
    expect(await refusal(SAVE, { input: roleInput({ rowScope }) })).toEqual({ code: 'RULE_INVALID', issues: [issue] });
  });

  it('with a scope stands among what uses the field, for who manages roles, and keeps it from being archived', async () => {
    await createFields(server, [{ key: 'region', type: 'TEXT', label: 'Region' }]);
    const role = await makeRole({ name: 'By region', rowScope: { '==': [{ var: 'region' }, 'A'] } });
    const usages = '{ fields { key usedBy { kind id name } } }';
    const ofRegion = async (token: string) =>
      (await server.ask<{ fields: { key: string; usedBy: object[] }[] }>(usages, {}, { token })).fields.find(
        ({ key }) => key === 'region',
      )?.usedBy;
    expect(await ofRegion(server.token)).toEqual([{ kind: 'role', id: role.id, name: 'By region' }]);
    expect(await ofRegion(await server.signInAs([builtInRoles.staff]))).toEqual([]);
    const archive = 'mutation { archiveField(key: "region") { key } }';
    expect(await refusal(archive, {})).toMatchObject({ code: 'IN_USE', usedBy: [{ kind: 'role' }] });
    await server.ask(DELETE, { id: role.id });
    await server.ask(archive);
  });
});

describe('the access of a role', () => {
  it('is set field by field, and given back to the default by null', async () => {
    const role = await makeRole();
    const set = await setAccess(role, { income: 'HIDDEN', city: 'WRITE', events: 'HIDDEN' });
    expect(set.version).toBe(2);
    expect(set.fieldAccess).toEqual([
      { fieldKey: 'income', access: 'HIDDEN' },
      { fieldKey: 'city', access: 'WRITE' },
      { fieldKey: 'events', access: 'HIDDEN' },
    ]);
    const reset = await setAccess(set, { city: null });
    expect(reset.fieldAccess.map(({ fieldKey }) => fieldKey)).toEqual(['income', 'events']);
  });

  it('is refused whole, with every issue, and at another version than the present one', async () => {
    const { id, version } = await makeRole();
    const entries = ['name', 'nosuch', 'created_at', 'name'].map((fieldKey) => ({ fieldKey, access: 'READ' }));
    expect(await refusal(SET, { id, version, entries })).toEqual({
      code: 'VALIDATION_FAILED',
      issues: ['entries/1/fieldKey UNKNOWN_FIELD', 'entries/2/fieldKey READ_ONLY', 'entries/3/fieldKey NOT_UNIQUE'],
    });
    const one = [{ fieldKey: 'name', access: 'READ' }];
    expect(await refusal(SET, { id, version: 7, entries: one })).toEqual({ code: 'CONFLICT', currentVersion: 1 });
  });

  it('to a new field is a decision of its making', async () => {
    const role = await makeRole();
    const create = `mutation ($access: [RoleAccessInput!]) {
      createField(input: { key: "salary", type: NUMBER, label: "Salary" }, access: $access) { key } }`;
    const unknown = [{ roleId: '018f0000-0000-7000-8000-000000000001', access: 'READ' }];
    expect(await refusal(create, { access: unknown })).toEqual({
      code: 'VALIDATION_FAILED',
      issues: ['access/0/roleId INVALID'],
    });
    await server.ask(create, { access: [{ roleId: role.id, access: 'HIDDEN' }] });
    const token = await server.signInAs([role.id]);
    const { fields } = await server.ask<{ fields: { key: string }[] }>('{ fields { key } }', {}, { token });
    const keys = new Set(fields.map(({ key }) => key));
    expect([keys.has('income'), keys.has('salary')]).toEqual([true, false]);
  });

  it('to a new field is not taken from who manages roles by who does not', async () => {
    const token = await server.signInAs([builtInRoles.staff]);
    const create = `mutation ($access: [RoleAccessInput!]) {
      createField(input: { key: "hideaway", type: TEXT, label: "x" }, access: $access) { key } }`;
    const closed = [{ roleId: builtInRoles.administrator, access: 'HIDDEN' }];
    expect(await refusal(create, { access: closed }, token)).toEqual({ code: 'FORBIDDEN' });
  });

  it('acts at once, on who is signed in already', async () => {
    const role = await makeRole();
    const token = await server.signInAs([role.id]);
    const access = async () =>
      (
        await server.ask<{ fields: { key: string; access: string }[] }>('{ fields { key access } }', {}, { token })
      ).fields.find(({ key }) => key === 'income')?.access;
    expect(await access()).toBe('READ');
    await setAccess(role, { income: 'HIDDEN' });
    expect(await access()).toBeUndefined();
  });
});

describe('who gives rights', () => {
  /** Manages roles and users, exports; reads all but income, writes city. */
  let manager: string;
  let managerRole: SavedRole;
  beforeAll(async () => {
    const role = await makeRole({ capabilities: ['MANAGE_ROLES', 'MANAGE_USERS', 'EXPORT'], defaultAccess: 'READ' });
    managerRole = await setAccess(role, { income: 'HIDDEN', city: 'WRITE' });
    manager = await server.signInAs([role.id]);
  });

  it('P23 gives no capability, no access and no customers beyond their own', async () => {
    const role = await makeRole({ defaultAccess: 'HIDDEN' }, manager);
    for (const more of [{ capabilities: ['IMPORT'] }, { defaultAccess: 'WRITE' }, { defaultAccess: 'READ' }])
      expect(await refusal(SAVE, { input: roleInput({ defaultAccess: 'HIDDEN', ...more }) }, manager)).toEqual({
        code: 'FORBIDDEN',
      });
    const set = (fieldKey: string, access: string) =>
      refusal(SET, { id: role.id, entries: [{ fieldKey, access }] }, manager);
    expect(await set('name', 'WRITE')).toEqual({ code: 'FORBIDDEN' });
    expect(await set('income', 'MASKED')).toMatchObject({ issues: ['entries/0/fieldKey UNKNOWN_FIELD'] });
    expect((await setAccess(role, { name: 'READ', city: 'WRITE' }, manager)).version).toBe(2);
  });

  it('P23 changes and deletes no role that goes beyond them', async () => {
    const wide = await makeRole({ capabilities: ['IMPORT'], defaultAccess: 'WRITE' });
    const input = { id: wide.id, version: 1, name: 'Still wide', capabilities: ['IMPORT'], defaultAccess: 'WRITE' };
    const less = { ...input, capabilities: [], defaultAccess: 'HIDDEN' };
    for (const [query, variables] of [
      [SAVE, { input }],
      [SAVE, { input: less }],
      [SET, { id: wide.id, entries: [{ fieldKey: 'name', access: 'HIDDEN' }] }],
      [DELETE, { id: wide.id }],
    ] as const)
      expect(await refusal(query, variables, manager)).toEqual({ code: 'FORBIDDEN' });
  });

  it('whose own customers are limited gives only the same ones', async () => {
    const rowScope = { '==': [{ var: 'city' }, '上海'] };
    const scoped = await makeRole({ capabilities: ['MANAGE_ROLES'], defaultAccess: 'READ', rowScope });
    const token = await server.signInAs([scoped.id]);
    expect((await makeRole({ rowScope }, token)).version).toBe(1);
    expect(await refusal(SAVE, { input: roleInput() }, token)).toEqual({ code: 'FORBIDDEN' });
    const other = { '==': [{ var: 'city' }, '北京'] };
    expect(await refusal(SAVE, { input: roleInput({ rowScope: other }) }, token)).toEqual({ code: 'FORBIDDEN' });
  });

  it('whose own customers are told by “me” gives those of others to nobody', async () => {
    const rowScope = { '==': [{ var: 'city' }, { me: ['city'] }] };
    const scoped = await makeRole({ capabilities: ['MANAGE_ROLES'], defaultAccess: 'READ', rowScope });
    const token = await server.signInAs([scoped.id]);
    expect(await refusal(SAVE, { input: roleInput({ rowScope }) }, token)).toEqual({ code: 'FORBIDDEN' });
  });

  it('P23 gives nobody a role beyond them, and touches nobody who has one', async () => {
    const input = {
      email: 'new@example.com',
      name: 'New',
      password: 'correct horse',
      roleIds: [builtInRoles.administrator],
    };
    expect(await refusal(SAVE_USER, { input }, manager)).toEqual({ code: 'FORBIDDEN' });
    const [row] = await server.database.source.query<{ id: string }[]>('select id from app_user where email = $1', [
      admin.email,
    ]);
    const takeOver = {
      id: row!.id,
      email: admin.email,
      name: 'x',
      password: 'mine from now on',
      roleIds: [managerRole.id],
    };
    expect(await refusal(SAVE_USER, { input: takeOver }, manager)).toEqual({ code: 'FORBIDDEN' });
  });

  it('who sees customers by a scope with “me” makes it no other scope, neither a colleague’s nor their own', async () => {
    const rowScope = { '==': [{ var: 'city' }, { me: ['city'] }] };
    const scoped = await makeRole({ capabilities: ['MANAGE_USERS'], rowScope });
    const unscoped = await makeRole({ capabilities: ['MANAGE_USERS'], defaultAccess: 'HIDDEN' });
    const token = await server.signInAs([scoped.id, unscoped.id]);
    const userOf = async (of: string) =>
      (await server.ask<{ me: { id: string; email: string } }>('{ me { id email } }', {}, { token: of })).me;
    const own = { ...(await userOf(token)), name: 'x', roleIds: [scoped.id, unscoped.id] };
    const colleague = { ...(await userOf(await server.signInAs([scoped.id]))), name: 'x', roleIds: [scoped.id] };
    for (const input of [
      { ...colleague, password: 'mine from now on' },
      { ...colleague, attributes: { city: '北京' } },
      { ...own, attributes: { city: '北京' } },
    ])
      expect(await refusal(SAVE_USER, { input }, token)).toEqual({ code: 'FORBIDDEN' });
    await server.ask(SAVE_USER, { input: { ...own, name: 'Another name' } }, { token });
  });

  it('needs the capability', async () => {
    const token = await server.signInAs([builtInRoles.staff]);
    for (const [query, variables] of [
      [SAVE, { input: roleInput() }],
      [SET, { id: managerRole.id, entries: [] }],
      [DELETE, { id: managerRole.id }],
      [SAVE_USER, { input: { email: 'x@example.com', name: 'x', password: 'correct horse', roleIds: [] } }],
    ] as const)
      expect(await refusal(query, variables, token)).toEqual({ code: 'FORBIDDEN' });
  });

  it('sees what roles allow; others see their names alone', async () => {
    const list = `{ roles ${ROLE} }`;
    const token = await server.signInAs([builtInRoles.staff]);
    const { roles } = await server.ask<{
      roles: { name: string; defaultAccess: string | null; fieldAccess: object[]; rowScope: unknown }[];
    }>(list, {}, { token });
    expect(roles.map(({ name }) => name)).toContain('Administrator');
    expect(
      roles.every((role) => role.defaultAccess === null && role.fieldAccess.length === 0 && role.rowScope === null),
    ).toBe(true);
    const seen = await server.ask<{ roles: SavedRole[] }>(list, {}, { token: manager });
    const own = seen.roles.find(({ id }) => id === managerRole.id);
    expect(own?.fieldAccess).toEqual([{ fieldKey: 'city', access: 'WRITE' }]);
  });
});

describe('a user', () => {
  const userInput = (more: object = {}) => ({
    email: `u${(made += 1)}@example.com`,
    name: 'Ann',
    roleIds: [],
    ...more,
  });
  const saveUser = async (input: object) =>
    (await server.ask<{ saveUser: { id: string; email: string } }>(SAVE_USER, { input })).saveUser;
  const signIn = async (email: string, password: string) =>
    (await server.call(LOGIN, { email, password }, { token: null })).errors?.[0]?.extensions.code ?? 'in';
  const alive = async (token: string) => (await server.call('{ me { id } }', {}, { token })).errors === undefined;

  it('is invited with a password and roles, and signs in', async () => {
    const role = await makeRole();
    const input = userInput({
      email: ' Ann@Example.com ',
      password: 'first password',
      roleIds: [role.id],
      attributes: { city: '上海', cities: ['上海', '杭州'] },
    });
    expect(await saveUser(input)).toMatchObject({
      email: 'ann@example.com',
      active: true,
      roles: [{}],
      attributes: { city: '上海' },
    });
    expect(await signIn('ann@example.com', 'first password')).toBe('in');
  });

  it('is told everything that is wrong at once', async () => {
    const input = userInput({
      email: 'ann',
      name: ' ',
      password: 'short',
      roleIds: ['nosuch'],
      attributes: { Bad: 1, ok: 'x', deep: { a: 1 } },
    });
    expect(await refusal(SAVE_USER, { input })).toEqual({
      code: 'VALIDATION_FAILED',
      issues: [
        'email INVALID',
        'name REQUIRED',
        'attributes/Bad INVALID',
        'attributes/deep INVALID',
        'password TOO_SHORT',
        'roleIds/0 INVALID',
      ],
    });
    expect(
      await refusal(SAVE_USER, { input: userInput({ email: admin.email, password: 'correct horse' }) }),
    ).toMatchObject({ issues: ['email NOT_UNIQUE'] });
    expect(await refusal(SAVE_USER, { input: userInput() })).toMatchObject({ issues: ['password REQUIRED'] });
  });

  it('with a new password, or deactivated, is signed out at once', async () => {
    const input = userInput({ password: 'first password' });
    const { id } = await saveUser(input);
    const login = async (password: string) =>
      (await server.ask<{ login: { token: string } }>(LOGIN, { email: input.email, password }, { token: null })).login
        .token;
    const first = await login('first password');
    await saveUser({ ...input, id, password: 'second password' });
    expect([await alive(first), await signIn(input.email, 'first password')]).toEqual([false, 'UNAUTHENTICATED']);
    const second = await login('second password');
    await saveUser({ ...input, id, password: null, active: false });
    expect([await alive(second), await signIn(input.email, 'second password')]).toEqual([false, 'UNAUTHENTICATED']);
    await saveUser({ ...input, id, password: null, active: true });
    expect(await signIn(input.email, 'second password')).toBe('in');
  });

  it('who has a role keeps it from being deleted', async () => {
    const role = await makeRole();
    const { id } = await saveUser(userInput({ name: 'Bo', password: 'correct horse', roleIds: [role.id] }));
    expect(await refusal(DELETE, { id: role.id })).toEqual({
      code: 'IN_USE',
      usedBy: [{ kind: 'user', id, name: 'Bo' }],
    });
  });

  it('is audited without passwords', async () => {
    const { id } = await saveUser(userInput({ password: 'never to be seen' }));
    const entries = await server.database.source.query('select * from audit_entry where target = $1', [`user:${id}`]);
    expect(entries).toMatchObject([{ action: 'user.created', changes: { passwordChanged: true } }]);
    expect(JSON.stringify(entries)).not.toContain('never to be seen');
  });

  it('who is the last administrator stays one', async () => {
    await server.database.source.query('update app_user set active = false where email <> $1', [admin.email]);
    const { me } = await server.ask<{ me: { id: string } }>('{ me { id } }');
    const own = { id: me.id, email: admin.email, name: 'admin', roleIds: [builtInRoles.administrator] };
    const last = (path: string) => ({ code: 'VALIDATION_FAILED', issues: [`${path} LAST_ADMINISTRATOR`] });
    expect(await refusal(SAVE_USER, { input: { ...own, roleIds: [] } })).toEqual(last('roleIds'));
    expect(await refusal(SAVE_USER, { input: { ...own, active: false } })).toEqual(last('active'));
    const role = {
      id: builtInRoles.administrator,
      version: 1,
      name: 'Administrator',
      capabilities: ['MANAGE_ROLES'],
      defaultAccess: 'WRITE',
    };
    expect(await refusal(SAVE, { input: role })).toEqual(last('capabilities'));
  });
});
