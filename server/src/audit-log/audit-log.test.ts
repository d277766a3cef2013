import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInRoles } from '../access/role.ts';
import { activeSegment, createFields, saveCustomer, saveSegment } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const LOG = `query ($first: Int, $after: String, $customerId: ID, $search: String, $from: DateTime, $to: DateTime) {
  auditLog(first: $first, after: $after, customerId: $customerId, search: $search, from: $from, to: $to) {
    nodes { id at actor { name } address action target changes } pageInfo { hasNextPage endCursor } } }`;

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly name: string } | null;
  readonly action: string;
  readonly target: string;
  readonly changes: Record<string, unknown>;
}
interface Page {
  readonly auditLog: { readonly nodes: Entry[]; readonly pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

let server: TestServer;
const ids: Record<string, string> = {};
let richId: string;
/** VIEW_AUDIT; income HIDDEN, phone MASKED. */
let limited: string;
/** VIEW_AUDIT; sees the east alone. */
let east: string;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'income', type: 'NUMBER', label: 'Income' },
    { key: 'phone', type: 'PHONE', label: 'Phone' },
    { key: 'double', type: 'FORMULA', label: 'Double', formula: { '*': [{ var: 'income' }, 2] } },
  ]);
  const rich = await activeSegment(server, 'rich', { '>': [{ var: 'income' }, 1_000] });
  richId = rich.id;
  // It reads nothing hidden any more, and did before.
  await saveSegment(server, {
    id: rich.id,
    version: rich.version,
    name: 'rich',
    rule: { '==': [{ var: 'city' }, 'x'] },
  });
  for (const [name, city, phone] of [
    ['An', 'east', '13812341234'],
    ['Cy', 'west', '13812345678'],
  ] as const) {
    const { customer } = await saveCustomer(server, { values: { name, city, income: 5_432, phone } });
    ids[name] = customer.id;
  }
  const role = async (input: object) =>
    (
      await server.ask<{ saveRole: { id: string } }>(
        'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
        {
          input: { capabilities: ['VIEW_AUDIT'], defaultAccess: 'READ', ...input },
        },
      )
    ).saveRole.id;
  const limitedRole = await role({ name: 'Limited' });
  await server.ask(
    `mutation ($id: ID!) { setFieldAccess(roleId: $id, entries: [
       { fieldKey: "income", access: HIDDEN }, { fieldKey: "phone", access: MASKED }]) { id } }`,
    { id: limitedRole },
  );
  limited = await server.signInAs([limitedRole]);
  east = await server.signInAs([await role({ name: 'East', rowScope: { '==': [{ var: 'city' }, 'east'] } })]);
});
afterAll(() => server.close());

const log = async (variables: object = {}, token = server.token) =>
  (await server.ask<Page>(LOG, { first: 500, ...variables }, { token })).auditLog;
const entries = async (variables: object = {}, token = server.token) => (await log(variables, token)).nodes;

describe('the audit log', () => {
  it('tells who did what, when, from where, and from what to what', async () => {
    const [entry] = await entries({ customerId: ids['An'] });
    expect(entry).toMatchObject({
      actor: { name: 'admin' },
      action: 'customer.created',
      target: `customer:${ids['An']}`,
      changes: { name: { from: null, to: 'An' }, income: { from: null, to: 5_432 } },
    });
    expect(Date.parse(entry!.at)).toBeGreaterThan(Date.now() - 600_000);
  });

  it('is searched in action, target and actor, and between instants', async () => {
    const actions = async (search: string) => new Set((await entries({ search })).map(({ action }) => action));
    expect(await actions('ROLE.')).toEqual(new Set(['role.created', 'role.access-changed']));
    expect(await actions(`customer:${ids['Cy']}`)).toEqual(new Set(['customer.created']));
    expect(await actions('%')).toEqual(new Set());
    const all = await entries();
    const middle = all[Math.floor(all.length / 2)]!;
    expect((await entries({ from: middle.at })).every(({ at }) => at >= middle.at)).toBe(true);
    expect((await entries({ to: middle.at })).every(({ at }) => at < middle.at)).toBe(true);
  });

  it('tells of sign-ins, and of those that were refused', async () => {
    const login = 'mutation { login(email: "nobody@example.com", password: "guess") { token } }';
    await server.call(login, {}, { token: null });
    const [refused] = await entries({ search: 'sign-in-refused' });
    expect(refused).toMatchObject({ actor: null, target: 'email:nobody@example.com' });
    expect((await entries({ search: 'user.signed-in' })).length).toBeGreaterThan(0);
  });

  it('goes on from page to page without missing anything', async () => {
    const all = (await entries()).map(({ id }) => id);
    const paged: string[] = [];
    for (let after: string | null = null; ;) {
      const { nodes, pageInfo }: Page['auditLog'] = await log({ first: 3, after });
      paged.push(...nodes.map(({ id }) => id));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(paged).toEqual(all);
  });

  it.each([{ after: 'nonsense' }, { after: Buffer.from('{"id":"1","of":"another question"}').toString('base64url') }])(
    'takes no place that is none: %j',
    async (variables) => {
      const { errors } = await server.call(LOG, variables);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'VALIDATION_FAILED', issues: [{ path: 'after' }] });
    },
  );

  it.each([
    ['x'.repeat(201), 'LIMIT_EXCEEDED'],
    ['a\u0000b', 'VALIDATION_FAILED'],
  ])('takes no search that is none', async (search, code) => {
    expect((await server.call(LOG, { search })).errors?.[0]?.extensions.code).toBe(code);
  });

  it('is for who may see it', async () => {
    const { errors } = await server.call(LOG, {}, { token: await server.signInAs([builtInRoles.manager]) });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('cannot be changed by the server itself', async () => {
    for (const statement of ['update audit_entry set action = $1', 'delete from audit_entry where action = $1'])
      await expect(server.database.source.query(statement, ['x'])).rejects.toThrow(/permission denied/);
  });
});

describe('what of the audit log a viewer may know', () => {
  it('is everything by a role that sees all customers, whatever another one sees', async () => {
    const save = 'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }';
    const role = async (input: object) =>
      (await server.ask<{ saveRole: { id: string } }>(save, { input: { defaultAccess: 'READ', ...input } })).saveRole
        .id;
    const whole = await role({ name: 'Whole', capabilities: ['VIEW_AUDIT'] });
    const part = await role({ name: 'Part', capabilities: [], rowScope: { '==': [{ var: 'city' }, 'east'] } });
    const told = await entries({ search: 'customer:' }, await server.signInAs([whole, part]));
    expect(told.map(({ target }) => target)).toEqual([`customer:${ids['Cy']}`, `customer:${ids['An']}`]);
  });

  it('is not with which e-mail somebody tried to sign in, without the right to manage users', async () => {
    expect(await entries({ search: 'sign-in-refused' }, limited)).toEqual([]);
  });

  it('P08 is nothing of a hidden field, and the mask of a masked one', async () => {
    const told = JSON.stringify((await entries({}, limited)).map(({ changes }) => changes));
    expect(told).not.toMatch(/5432|10864|13812341234|13812345678|1000/);
    const [created] = await entries({ customerId: ids['An'] }, limited);
    expect(created!.changes).toEqual({
      name: { from: null, to: 'An' },
      city: { from: null, to: 'east' },
      phone: { from: null, to: '138****1234' },
    });
    expect((await entries({ search: 'field:' }, limited)).map(({ target }) => target)).toEqual([
      'field:phone',
      'field:city',
      'field:name',
    ]);
  });

  it('is not the rule of a segment that ever read a hidden field', async () => {
    const ofRich = await entries({ search: `segment:${richId}` }, limited);
    expect(ofRich.length).toBe(3);
    expect(ofRich.map(({ changes }) => changes)).toEqual(ofRich.map(() => ({ restricted: true })));
  });

  it('is not what roles and users may do, without the right to manage them', async () => {
    const told = [...(await entries({ search: 'role:' }, limited)), ...(await entries({ search: 'user:' }, limited))];
    expect(new Set(told.map(({ changes }) => JSON.stringify(changes)))).toEqual(new Set(['{"restricted":true}']));
  });

  it('is not with how many customers something was done, nor by what they were chosen, but by a role that sees all, or of their own doing', async () => {
    const exports = async (token: string, query: string) => {
      const answer = await fetch(`${server.url}/exports/customers.csv?columns=name&${query}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)]);
    };
    const changes = async (token: string) =>
      server.ask(
        'mutation { updateCustomers(selection: { matching: { search: "Cy" } }, values: { name: "Cy" }) { id } }',
        {},
        { token },
      );
    const role = async (input: object) => {
      const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
        'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
        { input: { capabilities: ['VIEW_AUDIT', 'EXPORT'], defaultAccess: 'WRITE', ...input } },
      );
      return saveRole.id;
    };
    const eastern = await role({ name: 'All in the east', rowScope: { '==': [{ var: 'city' }, 'east'] } });
    const partly = await role({ name: 'Part of everybody' });
    await server.ask(
      'mutation ($id: ID!) { setFieldAccess(roleId: $id, entries: [{ fieldKey: "phone", access: MASKED }]) { id } }',
      { id: partly },
    );
    const own = await server.signInAs([eastern, partly]);
    await exports(server.token, 'search=Cy');
    await exports(server.token, `segmentId=${richId}&search=Cy`);
    await changes(server.token);
    const told = async (token: string) => {
      const found = [...(await entries({ search: 'exported' }, token)), ...(await entries({ search: 'job.' }, token))];
      return found.map((entry) => entry.changes);
    };
    const whole = { columns: ['name'], filter: null, search: 'Cy' };
    const restricted = { restricted: true };
    expect(await told(server.token)).toEqual([whole, whole, { kind: 'customers.update', total: 1 }]);
    const narrowed = [restricted, restricted, { kind: 'customers.update' }];
    expect(await told(await server.signInAs([eastern]))).toEqual(narrowed);
    expect(await told(own)).toEqual(narrowed);
    await exports(own, 'search=An');
    await changes(own);
    expect(await told(own)).toEqual([
      { ...whole, search: 'An' },
      restricted,
      restricted,
      { kind: 'customers.update', total: 1 },
      { kind: 'customers.update' },
    ]);
  });

  it('is nothing of customers in nobody’s scope, those who are gone among them', async () => {
    expect((await entries({ search: 'customer:' }, east)).map(({ target }) => target)).toEqual([
      `customer:${ids['An']}`,
    ]);
    expect(await entries({ customerId: ids['Cy'] }, east)).toEqual([]);
    await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id: ids['An'] });
    expect(await entries({ search: 'customer:' }, east)).toEqual([]);
    const gone = await entries({ customerId: ids['An'] });
    expect(gone.map(({ action }) => action)).toEqual(['customer.erased', 'customer.created']);
    expect(JSON.stringify(gone)).not.toMatch(/5432|13812341234/);
  });

  it('is not that a customer did anything, for who may not read it of the customer', async () => {
    await server.ask('mutation { saveEventType(input: { key: "order", label: "Order" }) { key } }');
    const made = async (city: string) => (await saveCustomer(server, { values: { name: 'Di', city } })).customer.id;
    const [inTheEast, inTheWest] = [await made('east'), await made('west')];
    const events = [inTheEast, inTheWest].map((customerId) => ({
      customerId,
      type: 'order',
      at: '2026-01-01T00:00:00Z',
    }));
    await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', { events });
    const role = async (name: string, access: string, rowScope?: object) => {
      const input = { name, capabilities: ['VIEW_AUDIT'], defaultAccess: 'READ', rowScope };
      const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
        'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
        { input },
      );
      await server.ask(
        `mutation ($id: ID!, $access: FieldAccess!) {
           setFieldAccess(roleId: $id, entries: [{ fieldKey: "events", access: $access }]) { id } }`,
        { id: saveRole.id, access },
      );
      return saveRole.id;
    };
    const told = async (...roleIds: string[]) =>
      (await entries({ search: 'event.recorded' }, await server.signInAs(roleIds))).map(({ target }) => target);
    const inEast = { '==': [{ var: 'city' }, 'east'] };
    const [all, none] = [await role('Sees events', 'READ'), await role('Sees no events', 'HIDDEN')];
    expect(await told(all)).toEqual([`customer:${inTheWest}`, `customer:${inTheEast}`]);
    expect(await told(none)).toEqual([]);
    expect(await told(none, await role('Sees events in the east', 'READ', inEast))).toEqual([`customer:${inTheEast}`]);
  });
});
