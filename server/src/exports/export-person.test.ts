import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInRoles } from '../access/role.ts';
import { activeSegment, createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

interface Shown {
  readonly key: string;
  readonly label: string;
  readonly type: string;
  readonly value: unknown;
  readonly text: unknown;
}
interface PersonDocument {
  readonly customer: { readonly id: string; readonly owner: string | null; readonly values: readonly Shown[] };
  readonly segments: readonly { readonly key: string }[];
  readonly membershipHistory: readonly { readonly segment: { readonly key: string }; readonly kind: string }[];
  readonly events: readonly { readonly type: string; readonly amount: number }[];
  readonly changes: readonly { readonly action: string; readonly actor: string; readonly changes: object }[];
  readonly reads: readonly { readonly channel: string; readonly fieldKeys: readonly string[] }[];
  readonly withheld: readonly string[];
}

let server: TestServer;
let an: string;
let bo: string;
/** EXPORT and VIEW_AUDIT; income HIDDEN, phone MASKED, no events. */
let limited: string;
/** EXPORT; sees the west alone, and no audit log. */
let west: string;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名', labels: { en: 'Name' } },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'income', type: 'MONEY', label: 'Secret income', sensitive: true },
    { key: 'phone', type: 'PHONE', label: 'Phone', sensitive: true },
    { key: 'level', type: 'SELECT', label: 'Level', options: [{ key: 'g', label: '金', labels: { en: 'Gold' } }] },
  ]);
  await activeSegment(server, 'easterners', { '==': [{ var: 'city' }, 'east'] });
  await activeSegment(server, 'secretly_rich', { '>': [{ var: 'income' }, 5_000] });
  const values = { city: 'east', income: 71_217, phone: '13812341234', level: 'g' };
  an = (await saveCustomer(server, { values: { ...values, name: 'An' } })).customer.id;
  bo = (await saveCustomer(server, { values: { ...values, name: 'Bo', phone: '13812349999' } })).customer.id;
  await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', {
    events: [{ customerId: an, type: 'order', at: '2026-01-01T00:00:00Z', amount: 90_909.25 }],
  });
  const role = async (input: object, entries: readonly object[] = []) => {
    const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
      'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
      { input: { defaultAccess: 'READ', ...input } },
    );
    await server.ask(
      'mutation ($id: ID!, $entries: [FieldAccessInput!]!) { setFieldAccess(roleId: $id, entries: $entries) { id } }',
      { id: saveRole.id, entries },
    );
    return server.signInAs([saveRole.id]);
  };
  limited = await role({ name: 'Limited', capabilities: ['EXPORT', 'VIEW_AUDIT'] }, [
    { fieldKey: 'income', access: 'HIDDEN' },
    { fieldKey: 'phone', access: 'MASKED' },
    { fieldKey: 'events', access: 'HIDDEN' },
  ]);
  west = await role({ name: 'West', capabilities: ['EXPORT'], rowScope: { '==': [{ var: 'city' }, 'west'] } });
});
afterAll(() => server.close());

const get = (id: string, token: string | null = server.token) =>
  fetch(`${server.url}/exports/customers/${id}.json`, {
    headers: { 'accept-language': 'en', ...(token && { authorization: `Bearer ${token}` }) },
  });

async function person(id: string, token = server.token): Promise<PersonDocument> {
  const answer = await get(id, token);
  expect(answer.status).toBe(200);
  return (await answer.json()) as PersonDocument;
}

const refusal = async (id: string, token: string | null) => {
  const answer = await get(id, token);
  return [answer.status, ((await answer.json()) as { code: string }).code];
};

describe('everything on one person', () => {
  it('is, for who may know all, all that is known', async () => {
    const told = await person(an);
    expect(told.customer.values).toEqual([
      { key: 'name', label: 'Name', type: 'TEXT', value: 'An', text: 'An' },
      { key: 'city', label: 'City', type: 'TEXT', value: 'east', text: 'east' },
      { key: 'income', label: 'Secret income', type: 'MONEY', value: 71_217, text: 71_217 },
      { key: 'phone', label: 'Phone', type: 'PHONE', value: '+8613812341234', text: '+8613812341234' },
      { key: 'level', label: 'Level', type: 'SELECT', value: 'g', text: 'Gold' },
    ]);
    expect(told.segments.map(({ key }) => key).toSorted()).toEqual(['easterners', 'secretly_rich']);
    expect(told.membershipHistory.map(({ segment, kind }) => `${kind} ${segment.key}`).toSorted()).toEqual([
      'ENTERED easterners',
      'ENTERED secretly_rich',
    ]);
    expect(told.events).toMatchObject([{ type: 'order', amount: 90_909.25 }]);
    expect(told.changes.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'admin customer.exported',
      'admin event.recorded',
      'admin customer.created',
    ]);
    expect(told.withheld).toEqual([]);
  });

  it('is a file that is kept nowhere', async () => {
    const answer = await get(an);
    await answer.text();
    expect(['content-type', 'content-disposition', 'cache-control'].map((name) => answer.headers.get(name))).toEqual([
      'application/json; charset=utf-8',
      `attachment; filename="customer-${an}.json"`,
      'no-store',
    ]);
  });

  it('is recorded, and noted as a read', async () => {
    await person(bo);
    const told = await person(bo);
    expect(told.changes.map(({ action }) => action)).toEqual([
      'customer.exported',
      'customer.exported',
      'customer.created',
    ]);
    // Of the earlier file its values and its changes, and of this one before the reads are told.
    expect(told.reads.map(({ channel, fieldKeys }) => `${channel} ${fieldKeys.join('+')}`)).toEqual([
      ...Array.from({ length: 4 }, () => 'export income+phone'),
      'customer income+phone',
    ]);
  });

  it('tells of nobody else', async () => {
    await server.ask('{ customers { nodes { values } } }');
    const text = await (await get(an)).text();
    expect(text).toContain('"channel":"list"');
    expect(text).not.toContain(bo);
  });

  it('has no byte of what is hidden, masks of what is masked, and says that something is left out', async () => {
    const answer = await get(an, limited);
    const text = await answer.text();
    expect(text).not.toMatch(/71217|income|secret|13812341234|90909/i);
    const told = JSON.parse(text) as PersonDocument;
    const mask = '138****1234';
    expect(told.customer.values.find(({ key }) => key === 'phone')).toMatchObject({ value: mask, text: mask });
    expect(told.segments.map(({ key }) => key)).toEqual(['easterners']);
    expect(told.membershipHistory.map(({ segment }) => segment.key)).toEqual(['easterners']);
    expect(told.events).toEqual([]);
    expect(told.changes.at(-1)).toMatchObject({ action: 'customer.created', changes: { phone: { to: mask } } });
    expect(told.reads.every(({ fieldKeys }) => fieldKeys.join() === 'phone')).toBe(true);
    expect(told.withheld).toEqual([
      'Fields that you may not read, and segments and moves that would tell of them',
      'The whole values of fields of which you see a mask',
      'Events of the customer',
    ]);
  });

  it('holds no changes and no reads for who may not see the audit log', async () => {
    const { changes, reads, withheld, events } = await person(an, await server.signInAs([builtInRoles.manager]));
    expect([changes, reads, events.length]).toEqual([[], [], 1]);
    expect(withheld).toEqual(['What was changed, and who read sensitive data']);
  });

  it('goes on over pages without missing anything, however much happened at one instant', async () => {
    const { customer } = await saveCustomer(server, { values: { name: 'Cy' } });
    const at = (n: number) => new Date(Date.UTC(2026, 0, 1) + (n < 700 ? 0 : n)).toISOString();
    for (const part of [0, 1]) {
      const events = Array.from({ length: 700 }, (_, n) => n + part * 700).map((n) => ({
        customerId: customer.id,
        type: 'order',
        at: at(n),
        amount: n,
      }));
      await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', { events });
    }
    const { events, changes } = await person(customer.id);
    expect(new Set(events.map(({ amount }) => amount)).size).toBe(1_400);
    expect(events.length).toBe(1_400);
    expect(changes.length).toBe(1_402);
  });
});

describe('who exports one person', () => {
  it('has the right to, and sees the customer: another scope is answered as nobody', async () => {
    expect(await refusal(an, await server.signInAs([builtInRoles.staff]))).toEqual([403, 'FORBIDDEN']);
    expect(await refusal(an, null)).toEqual([401, 'UNAUTHENTICATED']);
    const nobodys = ['019a0000-0000-7000-8000-000000000000', 'nobody', an];
    const answers = await Promise.all(nobodys.map(async (id) => (await get(id, west)).text()));
    expect(new Set(answers.map((text) => text.replace(/"requestId":"[^"]*"/, ''))).size).toBe(1);
    expect(await refusal(an, west)).toEqual([404, 'NOT_FOUND']);
  });

  it('finds nothing once the person is erased', async () => {
    const { customer } = await saveCustomer(server, { values: { name: 'Ed', income: 48_151 } });
    await person(customer.id);
    await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id: customer.id });
    expect(await refusal(customer.id, server.token)).toEqual([404, 'NOT_FOUND']);
  });
});
