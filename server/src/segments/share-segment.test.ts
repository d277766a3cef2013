import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Capability, FieldAccess } from '../access/role.ts';
import { activeSegment, createFields, saveCustomer, saveSegment, type SavedSegment } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const SHARE = `mutation ($id: ID!, $roleIds: [ID!]!) { shareSegment(id: $id, roleIds: $roleIds) {
  id shares { role { name } sharedBy { name } lapsed } } }`;
const SEEN = `query ($id: ID!) { segment(id: $id) {
  rule ruleText restricted sharedWithMe memberCount members { nodes { id values } } history { kind customer { id } }
  versions { number } shares { lapsed } } }`;
const PERSON = `query ($id: ID!) { customer(id: $id) {
  memberships { segment { key } } membershipHistory { kind segment { key } } } }`;
const BY_FILTER = 'query ($filter: Rule) { customers(filter: $filter) { totalCount } }';

interface Seen {
  readonly rule: unknown;
  readonly ruleText: string | null;
  readonly restricted: string | null;
  readonly sharedWithMe: boolean;
  readonly memberCount: number | null;
  readonly members: { readonly nodes: readonly { readonly id: string; readonly values: unknown }[] } | null;
  readonly history: readonly { readonly kind: string; readonly customer: { readonly id: string } }[];
  readonly versions: readonly unknown[];
  readonly shares: readonly { readonly lapsed: boolean }[];
}

let server: TestServer;
let rich: SavedSegment;
let ada: string;
const role = { sales: '', others: '' };
/** Read all but income and salary. */
const token = { sales: '', others: '' };

const over = (key: string, value: number) => ({ '>': [{ var: key }, value] });
const inRich = { in_segment: ['rich'] };

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'income', type: 'NUMBER', label: 'Income' },
    { key: 'salary', type: 'NUMBER', label: 'Salary' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'doubled', type: 'FORMULA', label: 'Doubled', formula: { '*': [{ var: 'income' }, 2] } },
  ]);
  rich = await activeSegment(server, 'rich', over('income', 1_000));
  const saved = await saveCustomer(server, { values: { name: 'Ada', income: 5_000, salary: 1, city: 'east' } });
  ada = saved.customer.id;
  await saveCustomer(server, { values: { name: 'Bob', income: 10, salary: 9_000, city: 'west' } });
  const without = { income: 'HIDDEN', salary: 'HIDDEN' } as const;
  role.sales = await makeRole('sales', { defaultAccess: 'READ', capabilities: ['EXPORT', 'MANAGE_SEGMENTS'] }, without);
  role.others = await makeRole('others', { defaultAccess: 'READ' }, without);
  token.sales = await server.signInAs([role.sales]);
  token.others = await server.signInAs([role.others]);
});
afterAll(() => server.close());

async function makeRole(
  name: string,
  more: { defaultAccess: FieldAccess; capabilities?: Capability[]; rowScope?: object },
  entries: Readonly<Record<string, FieldAccess>> = {},
): Promise<string> {
  const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
    'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
    { input: { name, capabilities: [], ...more } },
  );
  await server.ask(
    'mutation ($id: ID!, $entries: [FieldAccessInput!]!) { setFieldAccess(roleId: $id, entries: $entries) { id } }',
    { id: saveRole.id, entries: Object.entries(entries).map(([fieldKey, access]) => ({ fieldKey, access })) },
  );
  return saveRole.id;
}

const share = (roleIds: string[], id = rich.id) => server.ask(SHARE, { id, roleIds });
const seenBy = async (who: string, id = rich.id) =>
  (await server.ask<{ segment: Seen }>(SEEN, { id }, { token: who })).segment;
const codeOf = async (query: string, variables: object, who: string) =>
  (await server.call(query, variables, { token: who })).errors?.[0]?.extensions?.['code'];

async function ofAda(who: string) {
  const { customer } = await server.ask<{
    customer: { memberships: { segment: { key: string } }[]; membershipHistory: { segment: { key: string } }[] };
  }>(PERSON, { id: ada }, { token: who });
  const keys = (list: readonly { segment: { key: string } }[]) => list.map(({ segment }) => segment.key).toSorted();
  return { in: keys(customer.memberships), moved: keys(customer.membershipHistory) };
}

const closed = {
  sharedWithMe: false,
  rule: null,
  ruleText: null,
  memberCount: null,
  members: null,
  history: [],
  versions: [],
  shares: [],
};

describe('a segment whose rule reads what a role may not', () => {
  it('is closed to the role', async () => {
    expect(await seenBy(token.sales)).toEqual({
      ...closed,
      restricted: 'Its rule reads a field that you may not read',
    });
    expect(await codeOf(BY_FILTER, { filter: inRich }, token.sales)).toBe('RULE_INVALID');
    expect(await ofAda(token.sales)).toEqual({ in: [], moved: [] });
  });

  it('shared with it, opens members, number and moves, and stays closed in its rule and to others', async () => {
    await expect(share([role.sales])).resolves.toEqual({
      shareSegment: {
        id: rich.id,
        shares: [{ role: { name: 'sales' }, sharedBy: { name: 'admin' }, lapsed: false }],
      },
    });
    const seen = await seenBy(token.sales);
    expect(seen).toMatchObject({
      sharedWithMe: true,
      rule: null,
      ruleText: null,
      versions: [],
      shares: [],
      memberCount: 1,
    });
    expect(seen.restricted).toMatch(/^Shared with you/);
    expect(seen.members?.nodes).toEqual([{ id: ada, values: { name: 'Ada', city: 'east' } }]);
    expect(seen.history).toEqual([{ kind: 'ENTERED', customer: { id: ada } }]);
    expect(await ofAda(token.sales)).toEqual({ in: ['rich'], moved: ['rich'] });
    expect(await seenBy(token.others)).toMatchObject(closed);
    expect(await ofAda(token.others)).toEqual({ in: [], moved: [] });
  });

  it('may then be asked for in filters, and in rules that stay open to who made them', async () => {
    const { customers } = await server.ask<{ customers: unknown }>(
      BY_FILTER,
      { filter: inRich },
      { token: token.sales },
    );
    expect(customers).toEqual({ totalCount: 1 });
    const rule = { and: [inRich, { '==': [{ var: 'city' }, 'east'] }] };
    const { saveSegment: made } = await server.ask<{ saveSegment: { id: string; rule: unknown } }>(
      'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id rule } }',
      { input: { key: 'rich_east', name: 'Rich in the east', rule } },
      { token: token.sales },
    );
    expect(made.rule).toEqual(rule);
    expect(await seenBy(token.sales, made.id)).toMatchObject({ rule, restricted: null, memberCount: 0 });
    expect(await seenBy(token.others, made.id)).toMatchObject(closed);
  });

  it('may be exported, but neither explained nor changed', async () => {
    const answer = await fetch(`${server.url}/exports/customers.csv?segment=${rich.id}&columns=name`, {
      headers: { authorization: `Bearer ${token.sales}` },
    });
    expect((await answer.text()).trim().split('\r\n').slice(1)).toEqual(['Ada']);
    const explain = 'query ($c: ID!, $s: ID!) { explain(customerId: $c, segmentId: $s) { result } }';
    expect(await codeOf(explain, { c: ada, s: rich.id }, token.sales)).toBe('FORBIDDEN');
    const pause = 'mutation ($id: ID!) { pauseSegment(id: $id) { id } }';
    expect(await codeOf(pause, { id: rich.id }, token.sales)).toBe('FORBIDDEN');
    expect(await codeOf(SHARE, { id: rich.id, roleIds: [role.others] }, token.sales)).toBe('FORBIDDEN');
  });

  it('is closed again once its rule reads more, until it is shared again', async () => {
    await share([role.sales]);
    const { version } = await current();
    await saveSegment(server, {
      id: rich.id,
      version,
      name: 'Rich',
      rule: { and: [over('income', 1_000), { '<': [{ var: 'salary' }, 100] }] },
    });
    expect(await seenBy(token.sales)).toMatchObject(closed);
    expect(await ofAda(token.sales)).toEqual({ in: [], moved: [] });
    expect((await seenBy(server.token)).shares).toEqual([{ lapsed: true }]);
    await share([role.sales]);
    expect(await ofAda(token.sales)).toEqual({ in: ['rich'], moved: ['rich'] });
    expect((await seenBy(server.token)).shares).toEqual([{ lapsed: false }]);
  });

  it('is closed at once when it is shared no more, and so is what asks for it', async () => {
    await share([]);
    expect(await seenBy(token.sales)).toMatchObject(closed);
    expect(await codeOf(BY_FILTER, { filter: inRich }, token.sales)).toBe('RULE_INVALID');
    expect(await ofAda(token.sales)).toEqual({ in: [], moved: [] });
  });

  it('shared by way of a formula, is closed when the formula reads more', async () => {
    const { id } = await activeSegment(server, 'twice', over('doubled', 1_000));
    await share([role.sales], id);
    expect(await ofAda(token.sales)).toEqual({ in: ['twice'], moved: ['twice'] });
    await setFormula({ '+': [{ var: 'income' }, { var: 'salary' }] });
    expect(await seenBy(token.sales, id)).toMatchObject(closed);
    expect(await ofAda(token.sales)).toEqual({ in: [], moved: [] });
  });

  it('keeps its history closed where a formula read more for a while, also once it is gone', async () => {
    await setFormula({ '*': [{ var: 'income' }, 3] });
    const { id } = await activeSegment(server, 'thrice', over('doubled', 1_000));
    await share([role.sales], id);
    expect((await seenBy(token.sales, id)).history).toHaveLength(1);
    await setFormula({ var: 'salary' });
    await setFormula({ '*': [{ var: 'income' }, 3] });
    const seen = await seenBy(token.sales, id);
    expect({ count: seen.memberCount, history: seen.history }).toEqual({ count: 1, history: [] });
    await server.ask('mutation ($id: ID!) { deleteSegment(id: $id) }', { id });
    expect((await ofAda(token.sales)).moved).toEqual([]);
  });

  async function setFormula(formula: object): Promise<void> {
    const { fields } = await server.ask<{ fields: { key: string; version: number }[] }>('{ fields { key version } }');
    const { version } = fields.find(({ key }) => key === 'doubled')!;
    await server.ask(
      'mutation ($v: Int!, $input: FieldInput!) { updateField(key: "doubled", version: $v, input: $input) { key } }',
      { v: version, input: { formula } },
    );
  }

  async function current(): Promise<{ version: number }> {
    const { segment } = await server.ask<{ segment: { version: number } }>(
      'query ($id: ID!) { segment(id: $id) { version } }',
      { id: rich.id },
    );
    return segment;
  }
});

describe('sharing', () => {
  it.each([
    ['a role that does not exist', ['00000000-0000-7000-8000-00000000dead'], 'VALIDATION_FAILED'],
    ['nonsense', ['role'], 'VALIDATION_FAILED'],
  ])('with %s: refused', async (_, roleIds, code) => {
    expect(await codeOf(SHARE, { id: rich.id, roleIds }, server.token)).toBe(code);
  });

  it('a segment that does not exist: refused', async () => {
    expect(await codeOf(SHARE, { id: role.sales, roleIds: [] }, server.token)).toBe('NOT_FOUND');
  });

  it('takes the right to manage segments', async () => {
    const reader = await server.signInAs([await makeRole('reads all', { defaultAccess: 'READ' })]);
    expect(await codeOf(SHARE, { id: rich.id, roleIds: [role.sales] }, reader)).toBe('FORBIDDEN');
  });

  it('gives no role more customers than the giver reads', async () => {
    const rowScope = { '==': [{ var: 'city' }, 'east'] };
    const inScope = { defaultAccess: 'READ' as const, rowScope };
    const giver = await server.signInAs([
      await makeRole('reads all of the east', { ...inScope, capabilities: ['MANAGE_SEGMENTS'] }),
    ]);
    const same = await makeRole('sales of the east', inScope, { income: 'HIDDEN', salary: 'HIDDEN' });
    expect(await codeOf(SHARE, { id: rich.id, roleIds: [role.others] }, giver)).toBe('FORBIDDEN');
    expect(await codeOf(SHARE, { id: rich.id, roleIds: [same] }, giver)).toBeUndefined();
    const east = await server.signInAs([same]);
    expect((await seenBy(east)).members?.nodes.map(({ id }) => id)).toEqual([ada]);
  });

  it('leaves the roles that have it already as they are', async () => {
    const rowScope = { '==': [{ var: 'city' }, 'east'] };
    const inScope = { defaultAccess: 'READ' as const, rowScope };
    const giver = await server.signInAs([
      await makeRole('shares in the east', { ...inScope, capabilities: ['MANAGE_SEGMENTS'] }),
    ]);
    const same = await makeRole('more sales of the east', inScope, { income: 'HIDDEN', salary: 'HIDDEN' });
    await share([role.others]);
    expect(await codeOf(SHARE, { id: rich.id, roleIds: [role.others, same] }, giver)).toBeUndefined();
    expect((await seenBy(token.others)).memberCount).toBe(1);
    expect(await codeOf(SHARE, { id: rich.id, roleIds: [] }, giver)).toBeUndefined();
    expect(await seenBy(token.others)).toMatchObject(closed);
  });

  it('by who sees but their own gives nobody theirs', async () => {
    const mine = { defaultAccess: 'READ' as const, rowScope: { '==': [{ var: 'owner' }, { me: ['id'] }] } };
    const giver = await server.signInAs([
      await makeRole('shares mine', { ...mine, capabilities: ['MANAGE_SEGMENTS', 'MANAGE_USERS'] }),
    ]);
    const same = await makeRole('sales of mine', mine, { income: 'HIDDEN', salary: 'HIDDEN' });
    const all = await makeRole('reads mine', mine);
    expect(await codeOf(SHARE, { id: rich.id, roleIds: [same] }, giver)).toBe('FORBIDDEN');
    const invite = 'mutation ($input: UserInput!) { saveUser(input: $input) { id } }';
    const user = { email: 'mine@example.com', name: 'Mine', password: 'long enough', roleIds: [all] };
    expect(await codeOf(invite, { input: user }, giver)).toBe('FORBIDDEN');
  });

  it('is shifted by nobody who may not share it', async () => {
    const inTown = await activeSegment(server, 'in_town', { '==': [{ var: 'city' }, 'west'] });
    const rule = { and: [over('income', 1_000), { in_segment: ['in_town'] }] };
    const { id } = await activeSegment(server, 'rich_in_town', rule);
    await share([role.sales], id);
    expect((await seenBy(token.sales, id)).memberCount).toBe(0);
    const save = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }';
    const wide = { id: inTown.id, version: inTown.version, name: 'All', rule: { '!=': [{ var: 'city' }, null] } };
    const pause = 'mutation ($id: ID!) { pauseSegment(id: $id) { id } }';
    expect(await codeOf(save, { input: wide }, token.sales)).toBe('FORBIDDEN');
    expect(await codeOf(pause, { id: inTown.id }, token.sales)).toBe('FORBIDDEN');
    expect((await seenBy(token.sales, id)).memberCount).toBe(0);
    await share([], id);
    expect(await codeOf(save, { input: wide }, token.sales)).toBeUndefined();
  });

  it('is not passed on as the scope of a role', async () => {
    await share([role.others]);
    const giver = await server.signInAs([
      await makeRole(
        'manages roles',
        { defaultAccess: 'READ', capabilities: ['MANAGE_ROLES'] },
        {
          income: 'HIDDEN',
          salary: 'HIDDEN',
        },
      ),
      role.others,
    ]);
    const save = 'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }';
    const input = { name: 'the rich', capabilities: [], defaultAccess: 'HIDDEN', rowScope: inRich };
    expect(await codeOf(save, { input }, giver)).toBe('FORBIDDEN');
    expect(await codeOf(save, { input }, server.token)).toBeUndefined();
  });

  it('is a right that nobody gives who does not have it', async () => {
    await share([role.others]);
    const input = { capabilities: ['MANAGE_USERS'] satisfies Capability[], defaultAccess: 'READ' as const };
    const manager = await server.signInAs([
      await makeRole('manages users', input, { income: 'HIDDEN', salary: 'HIDDEN' }),
    ]);
    const invite = 'mutation ($input: UserInput!) { saveUser(input: $input) { id } }';
    const user = { email: 'new@example.com', name: 'New', password: 'long enough', roleIds: [role.others] };
    expect(await codeOf(invite, { input: user }, manager)).toBe('FORBIDDEN');
    await share([]);
    expect(await codeOf(invite, { input: user }, manager)).toBeUndefined();
  });

  it('is recorded, and told to who reads what it tells', async () => {
    await share([role.sales]);
    const query = '{ auditLog(first: 1) { nodes { action target changes } } }';
    const { auditLog } = await server.ask<{ auditLog: { nodes: unknown[] } }>(query);
    expect(auditLog.nodes).toEqual([
      { action: 'segment.shared', target: `segment:${rich.id}`, changes: { from: [], to: ['sales'] } },
    ]);
  });
});
