import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Capability, FieldAccess } from '../access/role.ts';
import { activeSegment, createFields, saveCustomer, type SavedSegment } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const SAVE = `mutation ($input: CustomerInput!, $leaveScope: Boolean) { saveCustomer(input: $input, leaveScope: $leaveScope) {
  customer { id version values } entered { key } left { key } } }`;
const LIST = `query ($filter: Rule, $search: String, $sort: [SortInput!]) { customers(filter: $filter, search: $search, sort: $sort) {
  totalCount nodes { values } } }`;

let server: TestServer;
/** The ids of customers by name: An and Bo of the east, Cy of the west, Di of neither. */
const ids: Record<string, string> = {};
let rich: SavedSegment;

/** Sees the east and may do everything there, ERASE_CUSTOMERS among it. */
let east: string;
/** Sees the east with income, and the west without. */
let both: string;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'income', type: 'NUMBER', label: 'Income' },
    { key: 'phone', type: 'TEXT', label: 'Phone' },
  ]);
  rich = await activeSegment(server, 'rich', { '>': [{ var: 'income' }, 1_000] });
  for (const [name, city, income] of [
    ['An', 'east', 5_000],
    ['Bo', 'east', 500],
    ['Cy', 'west', 6_000],
    ['Di', 'north', 7_000],
  ] as const) {
    const { customer } = await saveCustomer(server, { values: { name, city, income, phone: `phone-${name}` } });
    ids[name] = customer.id;
    const event = { customerId: customer.id, type: 'order', at: '2026-01-01T00:00:00Z', amount: 1, sourceId: name };
    await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', { events: [event] });
  }
  const inCity = (city: string) => ({ '==': [{ var: 'city' }, city] });
  const eastRole = await makeRole({ rowScope: inCity('east'), capabilities: ['ERASE_CUSTOMERS', 'MANAGE_SEGMENTS'] });
  east = await server.signInAs([eastRole]);
  const westRole = await makeRole(
    { rowScope: inCity('west'), defaultAccess: 'READ' },
    { income: 'HIDDEN', phone: 'HIDDEN' },
  );
  both = await server.signInAs([eastRole, westRole]);
});
afterAll(() => server.close());

let made = 0;
async function makeRole(
  more: { rowScope?: object; mayLeaveScope?: boolean; defaultAccess?: FieldAccess; capabilities?: Capability[] },
  entries: Record<string, FieldAccess> = {},
): Promise<string> {
  const input = { name: `role ${(made += 1)}`, capabilities: [], defaultAccess: 'WRITE', ...more };
  const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
    'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
    { input },
  );
  await server.ask(
    'mutation ($id: ID!, $entries: [FieldAccessInput!]!) { setFieldAccess(roleId: $id, entries: $entries) { id } }',
    {
      id: saveRole.id,
      entries: Object.entries(entries).map(([fieldKey, access]) => ({ fieldKey, access })),
    },
  );
  return saveRole.id;
}

interface Listed {
  readonly customers: { readonly totalCount: number; readonly nodes: { readonly values: Record<string, unknown> }[] };
}

/** The names that a list gives, in order; its total has to be their number. */
async function names(token: string, variables: object = {}): Promise<unknown[]> {
  const { customers } = await server.ask<Listed>(LIST, variables, { token });
  expect(customers.totalCount).toBe(customers.nodes.length);
  return customers.nodes.map(({ values }) => values['name']);
}

const asks = <T>(query: string, variables: object, token: string) => server.ask<T>(query, variables, { token });
const codeOf = async (query: string, variables: object, token: string) => {
  const { errors } = await server.call(query, variables, { token });
  const extensions = errors?.[0]?.extensions as { code: string; issues?: { code: string }[] } | undefined;
  return extensions?.issues?.map((issue) => issue.code).join() ?? extensions?.code;
};
const stored = () =>
  server.database.source.query(
    `select (select jsonb_agg(to_jsonb(c) order by id) from customer c) as customers, (select count(*) from event) as events,
            (select count(*) from audit_entry) as audit, (select count(*) from outbox) as outbox, (select count(*) from job) as jobs`,
  );

describe('a role with a scope', () => {
  it('lists, counts, finds and sorts the customers in it alone', async () => {
    expect(await names(east)).toEqual(['Bo', 'An']);
    expect(await names(east, { filter: { '>': [{ var: 'income' }, 1_000] } })).toEqual(['An']);
    expect(await names(east, { search: 'Cy' })).toEqual([]);
    expect(await names(east, { search: 'phone' })).toEqual(['Bo', 'An']);
    expect(await names(east, { sort: [{ field: 'income', descending: true }] })).toEqual(['An', 'Bo']);
  });

  it('lets nobody go where the role says so, asked for or not', async () => {
    const rowScope = { '==': [{ var: 'city' }, 'east'] };
    const keeping = await makeRole({ rowScope, mayLeaveScope: false });
    const keeper = await server.signInAs([keeping]);
    const { customer } = await saveCustomer(server, { values: { name: 'Ed', city: 'east' } });
    const variables = { input: { id: customer.id, version: 1, values: { city: 'west' } } };
    for (const leaveScope of [false, true]) {
      const { errors } = await server.call(SAVE, { ...variables, leaveScope }, { token: keeper });
      expect(errors?.[0]?.extensions?.['issues']).toMatchObject([{ path: 'leaveScope', code: 'LEAVES_SCOPE' }]);
    }
    const several = await server.signInAs([keeping, await makeRole({ rowScope })]);
    expect(await codeOf(SAVE, variables, several)).toBe('LEAVES_SCOPE');
    expect(await codeOf(SAVE, { ...variables, leaveScope: true }, several)).toBeUndefined();
    await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 2) }', { id: customer.id });
  });

  it('is told per cent of work on all customers, whose number is not its to know', async () => {
    const id = '00000000-0000-7000-8000-0000000000aa';
    await server.database.source.query(
      `insert into job (id, kind, status, input, done, total, shared, created_at) values ($1, 'test', 'RUNNING', '{}', 50, 200, true, now())`,
      [id],
    );
    const far = (token: string) => asks('query ($id: ID!) { job(id: $id) { done total } }', { id }, token);
    expect(await far(east)).toEqual({ job: { done: 25, total: 100 } });
    expect(await far(server.token)).toEqual({ job: { done: 50, total: 200 } });
    await server.database.source.query('delete from job where id = $1', [id]);
  });

  it('sees of segments, previews and distributions what its own customers tell', async () => {
    const { segment } = await asks<{
      segment: {
        memberCount: number;
        members: { totalCount: number; nodes: { id: string }[] };
        history: { customer: { id: string } }[];
      };
    }>(
      'query ($id: ID!) { segment(id: $id) { memberCount members { totalCount nodes { id } } history { customer { id } } } }',
      { id: rich.id },
      east,
    );
    expect(segment).toEqual({
      memberCount: 1,
      members: { totalCount: 1, nodes: [{ id: ids['An'] }] },
      history: [{ customer: { id: ids['An'] } }],
    });
    const at = new Date().toISOString();
    const former = await asks<{ segment: { members: { totalCount: number } } }>(
      'query ($id: ID!, $at: DateTime) { segment(id: $id) { members(at: $at) { totalCount } } }',
      { id: rich.id, at },
      east,
    );
    expect(former.segment.members.totalCount).toBe(1);
    const preview = `query ($rule: Rule!) { previewRule(rule: $rule, sample: 5) { count total conditions { count } sample { id } } }`;
    const rule = { or: [{ '>': [{ var: 'income' }, 1_000] }, { in_segment: ['rich'] }] };
    expect(await asks(preview, { rule }, east)).toEqual({
      previewRule: { count: 1, total: 2, conditions: [{ count: 1 }, { count: 1 }], sample: [{ id: ids['An'] }] },
    });
    const spread = '{ fieldDistribution(fieldKey: "income") { min max } }';
    expect(await asks(spread, {}, east)).toEqual({ fieldDistribution: { min: 500, max: 5_000 } });
  });

  it.each<[string, string, () => object, string]>([
    ['saved', SAVE, () => ({ input: { id: ids['Cy'], version: 1, values: { name: 'x' } } }), 'NOT_FOUND'],
    ['erased', 'mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', () => ({ id: ids['Cy'] }), 'NOT_FOUND'],
    [
      'explained',
      'query ($id: ID!, $rule: Rule) { explain(customerId: $id, rule: $rule) { result } }',
      () => ({ id: ids['Cy'], rule: { '>': [{ var: 'income' }, 1] } }),
      'NOT_FOUND',
    ],
    [
      'told of',
      'mutation ($events: [EventInput!]!) { recordEvents(events: $events) }',
      () => ({ events: [{ customerId: ids['Cy'], type: 'order', at: '2026-01-02T00:00:00Z' }] }),
      'INVALID',
    ],
  ])('lets nobody outside of it be %s, and changes nothing by it', async (_, query, variables, code) => {
    const before = await stored();
    expect(await codeOf(query, variables(), east)).toBe(code);
    expect(await stored()).toEqual(before);
  });

  it('answers nobody outside of it, as for an id that is none', async () => {
    const one = 'query ($id: ID!) { customer(id: $id) { values events { id } memberships { since } } }';
    for (const id of [ids['Cy'], '018f0000-0000-7000-8000-000000000001'])
      expect(await asks(one, { id }, east)).toEqual({ customer: null });
  });

  it('lets no event outside of it be corrected or taken back', async () => {
    const [event] = await server.database.source.query<{ id: string }[]>('select id from event where source_id = $1', [
      'Cy',
    ]);
    expect(await codeOf('mutation ($id: ID!) { deleteEvent(id: $id) }', { id: event!.id }, east)).toBe('NOT_FOUND');
  });

  it('P14 changes in bulk what is in it alone, and refuses whoever would leave it', async () => {
    const everybody = { matching: {} };
    const update = `mutation ($values: JSON!, $selection: CustomerSelectionInput!) {
      updateCustomers(selection: $selection, values: $values) { id } }`;
    const run = async (values: object) => {
      const { updateCustomers } = await asks<{ updateCustomers: { id: string } }>(
        update,
        { values, selection: everybody },
        east,
      );
      return untilDone(updateCustomers.id);
    };
    expect(await run({ phone: 'changed' })).toMatchObject({ changed: 2, refusedCount: 0 });
    expect(await names(server.token, { search: 'changed' })).toEqual(['Bo', 'An']);
    expect(await run({ city: 'south' })).toMatchObject({
      changed: 0,
      refusedCount: 2,
      refused: [{ issues: [{ code: 'LEAVES_SCOPE' }] }, { issues: [{ code: 'LEAVES_SCOPE' }] }],
    });
    expect(await names(east)).toEqual(['Bo', 'An']);
  });

  async function untilDone(id: string): Promise<unknown> {
    for (;;) {
      const { job } = await asks<{ job: { status: string; result: unknown } }>(
        'query ($id: ID!) { job(id: $id) { status result } }',
        { id },
        east,
      );
      if (!['QUEUED', 'RUNNING'].includes(job.status)) return job.result;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});

describe('a save that moves a customer out of the scope', () => {
  it('is refused, unless it is asked for', async () => {
    const { customer } = await saveCustomer(server, { values: { name: 'Ed', city: 'east' } });
    const input = { id: customer.id, version: 1, values: { city: 'west' } };
    const before = await stored();
    expect(await codeOf(SAVE, { input }, east)).toBe('LEAVES_SCOPE');
    expect(await stored()).toEqual(before);
    const left = await asks<{ saveCustomer: { customer: object } }>(SAVE, { input, leaveScope: true }, east);
    expect(left.saveCustomer.customer).toMatchObject({ version: 2, values: { city: 'west' } });
    expect(await codeOf(SAVE, { input: { ...input, version: 2 } }, east)).toBe('NOT_FOUND');
    await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 2) }', { id: customer.id });
  });

  it('or makes one there is refused too', async () => {
    for (const leaveScope of [false, true])
      expect(await codeOf(SAVE, { input: { values: { name: 'Fo', city: 'west' } }, leaveScope }, east)).toBe(
        'LEAVES_SCOPE',
      );
    const { saveCustomer: saved } = await asks<{ saveCustomer: { customer: { id: string } } }>(
      SAVE,
      { input: { values: { name: 'Fo', city: 'east' } } },
      east,
    );
    await asks('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id: saved.customer.id }, east);
  });
});

describe('several roles', () => {
  it('P14 show of each customer what those allow in whose scope it lies', async () => {
    const { customers } = await asks<Listed>(LIST, {}, both);
    const shown = customers.nodes.map(({ values }) => [values['name'], values['income'], 'phone' in values]);
    expect(shown).toEqual([
      ['Cy', undefined, false],
      ['Bo', 500, true],
      ['An', 5_000, true],
    ]);
  });

  it('find out by a field only of whom a role sees that reads it', async () => {
    expect(await names(both, { filter: { '>': [{ var: 'income' }, 0] } })).toEqual(['Bo', 'An']);
    expect(await names(both, { sort: [{ field: 'income' }] })).toEqual(['Bo', 'An']);
    expect(await names(both, { search: 'phone-Cy' })).toEqual([]);
    expect(await names(both, { search: 'Cy' })).toEqual(['Cy']);
    const { segment } = await asks<{ segment: { memberCount: number } }>(
      'query ($id: ID!) { segment(id: $id) { memberCount } }',
      { id: rich.id },
      both,
    );
    expect(segment.memberCount).toBe(1);
  });

  it('tell of a customer the segments that those may know which count there', async () => {
    const query =
      'query ($id: ID!) { customer(id: $id) { memberships { segment { key } } membershipHistory { segment { key } } } }';
    const told = async (id: string | undefined) =>
      (await asks<{ customer: { memberships: object[]; membershipHistory: object[] } }>(query, { id }, both)).customer;
    expect(await told(ids['An'])).toEqual({
      memberships: [{ segment: { key: 'rich' } }],
      membershipHistory: [{ segment: { key: 'rich' } }],
    });
    expect(await told(ids['Cy'])).toEqual({ memberships: [], membershipHistory: [] });
  });

  it('P14 write on each customer what those allow that count there', async () => {
    const version = async (id: string | undefined) =>
      (
        await server.ask<{ customer: { version: number } }>('query ($id: ID!) { customer(id: $id) { version } }', {
          id,
        })
      ).customer.version;
    const input = async (name: string, values: object) => ({
      input: { id: ids[name], version: await version(ids[name]), values },
    });
    expect(await codeOf(SAVE, await input('Cy', { name: 'Cyd' }), both)).toBe('FIELD_FORBIDDEN');
    expect(await codeOf(SAVE, await input('Cy', { income: 1 }), both)).toBe('UNKNOWN_FIELD');
    expect(await codeOf(SAVE, await input('An', { phone: 'phone-An' }), both)).toBeUndefined();
  });

  it('that read one field each do not read both together', async () => {
    const one = await makeRole({ defaultAccess: 'HIDDEN' }, { name: 'READ', income: 'READ' });
    const other = await makeRole({ defaultAccess: 'HIDDEN' }, { city: 'READ' });
    const token = await server.signInAs([one, other]);
    const [income, city] = [{ '>': [{ var: 'income' }, 5_500] }, { '==': [{ var: 'city' }, 'west'] }];
    expect(await names(token, { filter: income })).toEqual(['Di', 'Cy']);
    expect(await names(token, { filter: city })).toEqual(['Cy']);
    expect(await codeOf(LIST, { filter: { and: [income, city] } }, token)).toBe('FIELD_FORBIDDEN');
    expect(await codeOf(LIST, { filter: income, sort: [{ field: 'city' }] }, token)).toBe('FIELD_FORBIDDEN');
  });
});

describe('a scope that asks for the viewer', () => {
  it.each([
    ['without the attribute', {}, []],
    ['with it in another type', { limit: 'none' }, []],
    ['with it', { limit: 6_000 }, ['Di', 'Bo', 'An']],
  ])('%s', async (_, attributes, seen) => {
    const role = await makeRole({ rowScope: { '!=': [{ var: 'income' }, { me: ['limit'] }] } });
    const token = await server.signInAs([role]);
    const { me } = await server.ask<{ me: { id: string; email: string } }>('{ me { id email } }', {}, { token });
    const input = { ...me, name: 'viewer', roleIds: [role], attributes };
    await server.ask('mutation ($input: UserInput!) { saveUser(input: $input) { id } }', { input });
    expect(await names(token)).toEqual(seen);
  });

  it.each([
    ['a list that is not there', { '!': { in: [{ var: 'city' }, { me: ['cities'] }] } }],
    ['an attribute that is not there, turned round', { '!': { '==': [{ var: 'city' }, { me: ['city'] }] } }],
  ])('by %s shows nobody', async (_, rowScope) => {
    expect(await names(await server.signInAs([await makeRole({ rowScope })]))).toEqual([]);
  });
});

describe('a scope of the customers that the viewer owns', () => {
  const rowScope = { '==': [{ var: 'owner' }, { me: ['id'] }] };
  const userOf = async (token: string) =>
    (await server.ask<{ me: { id: string } }>('{ me { id } }', {}, { token })).me.id;

  it('shows exactly those, and lets one go to somebody else only where that is asked for', async () => {
    const role = await makeRole({ rowScope });
    const [seller, other] = [await server.signInAs([role]), await server.signInAs([role])];
    const [sellerId, otherId] = [await userOf(seller), await userOf(other)];
    const saved = async (name: string, ownerId: string | null) =>
      (await saveCustomer(server, { values: { name }, ownerId })).customer.id;
    const customers = [await saved('Ed', sellerId), await saved('Fo', otherId), await saved('Gu', null)];
    expect(await names(seller)).toEqual(['Ed']);
    expect(await names(other)).toEqual(['Fo']);
    const given = { input: { id: customers[0], version: 1, values: {}, ownerId: otherId } };
    const before = await stored();
    expect(await codeOf(SAVE, given, seller)).toBe('LEAVES_SCOPE');
    expect(await codeOf(SAVE, { input: { ...given.input, ownerId: null } }, seller)).toBe('LEAVES_SCOPE');
    expect(await stored()).toEqual(before);
    expect(await codeOf(SAVE, { ...given, leaveScope: true }, seller)).toBeUndefined();
    expect([await names(seller), await names(other)]).toEqual([[], ['Fo', 'Ed']]);
    await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 2) }', { id: customers[0] });
    for (const id of customers.slice(1))
      await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id });
  });

  it('lets new customers be made that are their own', async () => {
    const seller = await server.signInAs([await makeRole({ rowScope })]);
    const input = { values: { name: 'Ha' } };
    expect(await codeOf(SAVE, { input }, seller)).toBe('LEAVES_SCOPE');
    const own = await asks<{ saveCustomer: { customer: { id: string } } }>(
      SAVE,
      { input: { ...input, ownerId: await userOf(seller) } },
      seller,
    );
    expect(await names(seller)).toEqual(['Ha']);
    await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', {
      id: own.saveCustomer.customer.id,
    });
  });
});

describe('what a scope reads', () => {
  it('is changed by nobody who could not give the role everybody', async () => {
    const segment = await activeSegment(server, 'easterners', { '==': [{ var: 'city' }, 'east'] });
    const rowScope = { in_segment: ['easterners'] };
    const token = await server.signInAs([await makeRole({ rowScope, capabilities: ['MANAGE_SEGMENTS'] })]);
    expect(await names(token)).toEqual(['Bo', 'An']);
    const everybody = { id: segment.id, version: segment.version, name: 'x', rule: { '!=': [{ var: 'name' }, 'x'] } };
    const save = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id version } }';
    const pause = 'mutation ($id: ID!) { pauseSegment(id: $id) { id } }';
    const before = await stored();
    expect(await codeOf(save, { input: everybody }, token)).toBe('FORBIDDEN');
    expect(await codeOf(pause, { id: segment.id }, token)).toBe('FORBIDDEN');
    expect(await stored()).toEqual(before);
    const { rule: _, ...named } = everybody;
    await asks(save, { input: { ...named, name: 'Easterners' } }, token);
    await asks(save, { input: { ...everybody, version: segment.version + 1 } }, server.token);
    expect((await names(token)).length).toBe(4);
  });

  it('by a formula is changed by nobody who could not either', async () => {
    await createFields(server, [{ key: 'side', type: 'FORMULA', label: 'Side', formula: { var: 'city' } }]);
    const rowScope = { '==': [{ var: 'side' }, 'east'] };
    const token = await server.signInAs([await makeRole({ rowScope, capabilities: ['MANAGE_FIELDS'] })]);
    const update = 'mutation ($formula: Rule) { updateField(key: "side", input: { formula: $formula }) { key } }';
    expect(await codeOf(update, { formula: { cat: ['ea', 'st'] } }, token)).toBe('FORBIDDEN');
    expect(await codeOf(update, { formula: { cat: [{ var: 'city' }, ''] } }, server.token)).toBeUndefined();
  });
});

describe('a scope that asks what customers did', () => {
  it('keeps what it asks of events from being taken away', async () => {
    const save = (properties: object[]) =>
      server.call('mutation ($input: EventTypeInput!) { saveEventType(input: $input) { key } }', {
        input: { key: 'visit', label: 'Visit', properties },
      });
    await save([{ key: 'shop', type: 'TEXT', label: 'Shop' }]);
    const visited = { filter: [{ var: 'events.visit' }, { '==': [{ var: 'shop' }, 'A'] }] };
    const role = await makeRole({ rowScope: { '>': [{ count: [visited] }, 0] } });
    expect(await names(await server.signInAs([role]))).toEqual([]);
    const { errors } = await save([]);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'IN_USE', usedBy: [{ kind: 'role', id: role }] });
  });
});

describe('a scope whose rule is none any more', () => {
  it('shows nobody', async () => {
    const role = await makeRole({ rowScope: { '==': [{ var: 'city' }, 'east'] } });
    await server.database.source.query(`update role set row_scope = '{"==":[{"var":"gone"},1]}' where id = $1`, [role]);
    await server.database.source.query('update rule_set set version = version + 1');
    expect(await names(await server.signInAs([role]))).toEqual([]);
  });
});
