import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FieldAccess } from '../access/role.ts';
import { newId } from '../platform/uuid.ts';
import { activeSegment, createFields, saveCustomer, saveSegment, setSegment } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'income', type: 'NUMBER', label: 'Income' },
  ]);
});
afterAll(() => server.close());

const inShanghai = { '==': [{ var: 'city' }, '上海'] };

interface Change {
  customer: { id: string; values: Record<string, unknown> };
  kind: string;
  at: string;
  cause: string;
  ruleVersion: number;
}

async function historyOf(id: string, page = '', token = server.token): Promise<Change[]> {
  const { segment } = await server.ask<{ segment: { history: Change[] } }>(
    `query ($id: ID!) { segment(id: $id) { history${page} { customer { id values } kind at cause ruleVersion } } }`,
    { id },
    { token },
  );
  return segment.history;
}

function told(changes: readonly Change[]): readonly string[] {
  return changes.map(
    ({ customer, kind, cause, ruleVersion }) => `${String(customer.values['name'])} ${kind} ${cause} v${ruleVersion}`,
  );
}

/** Signs in with a role that has this access to income. */
async function viewer(access: FieldAccess): Promise<string> {
  const id = newId();
  const { source } = server.database;
  await source.query(
    `insert into role (id, name, capabilities, default_access) values ($1, 'role', '{MANAGE_SEGMENTS}', 'WRITE')`,
    [id],
  );
  await source.query(`insert into role_field_access values ($1, 'income', $2)`, [id, access]);
  await source.query('update rule_set set version = version + 1');
  return server.signInAs([id]);
}

test('tells who entered and left, newest first, by what, under which version', async () => {
  const { id, version } = await activeSegment(server, 'coast', inShanghai);
  const { customer } = await saveCustomer(server, { values: { name: 'Wang', city: '上海' } });
  await saveCustomer(server, { values: { name: 'Li', city: '上海' } });
  await saveCustomer(server, { id: customer.id, version: 1, values: { city: '北京' } });
  await saveSegment(server, { id, version, name: 'coast', rule: { '==': [{ var: 'city' }, '北京'] } });
  expect(told(await historyOf(id))).toEqual([
    'Wang ENTERED RULE v2',
    'Li LEFT RULE v2',
    'Wang LEFT SAVE v1',
    'Li ENTERED SAVE v1',
    'Wang ENTERED SAVE v1',
  ]);
});

test('those of one instant stand in the order of customers, wherever their rows lie', async () => {
  const [first] = [
    await saveCustomer(server, { values: { name: 'A', city: 'One' } }),
    await saveCustomer(server, { values: { name: 'B', city: 'One' } }),
    await saveCustomer(server, { values: { name: 'C', city: 'One' } }),
  ];
  // Postgres meets the row that was changed last at another place than before.
  await saveCustomer(server, { id: first.customer.id, version: 1, values: { income: 1 } });
  const { id } = await activeSegment(server, 'at_once', { '==': [{ var: 'city' }, 'One'] });
  expect(told(await historyOf(id)).map((each) => each[0])).toEqual(['C', 'B', 'A']);
});

test('goes on before an instant, page by page, and refuses pages that are none', async () => {
  const { id } = await activeSegment(server, 'paged', inShanghai);
  for (const name of ['A', 'B', 'C']) {
    await saveCustomer(server, { values: { name, city: '上海' } });
    // Instants are kept to the millisecond.
    await sleep(3);
  }
  const [last, before] = await historyOf(id, '(first: 2)');
  expect(told([last!, before!])).toEqual(['C ENTERED SAVE v1', 'B ENTERED SAVE v1']);
  expect(told(await historyOf(id, `(first: 1, before: "${before!.at}")`))).toEqual(['A ENTERED SAVE v1']);
  const query = 'query ($id: ID!, $first: Int) { segment(id: $id) { history(first: $first) { at } } }';
  for (const first of [0, 1_001]) {
    const { errors } = await server.call(query, { id, first });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'historyPage', max: 1_000 });
  }
});

test('leaves out customers who are gone', async () => {
  const { id } = await activeSegment(server, 'erased', { '==': [{ var: 'city' }, 'Erased'] });
  const { customer } = await saveCustomer(server, { values: { name: 'E', city: 'Erased' } });
  await saveCustomer(server, { values: { name: 'F', city: 'Erased' } });
  await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id: customer.id });
  expect(told(await historyOf(id))).toEqual(['F ENTERED SAVE v1']);
});

test.each<FieldAccess>(['HIDDEN', 'MASKED'])(
  'is empty where the rule reads, or ever read, a field that is %s for the viewer, whose value no answer holds',
  async (access) => {
    const token = await viewer(access);
    const key = access.toLowerCase();
    await saveCustomer(server, { values: { name: key, city: key, income: 4_711 } });
    const segment = await activeSegment(server, `${key}_income`, { '>': [{ var: 'income' }, 1_000] });
    expect(await historyOf(segment.id)).not.toEqual([]);
    expect(await historyOf(segment.id, '', token)).toEqual([]);
    const rule = { '==': [{ var: 'city' }, key] };
    await saveSegment(server, { id: segment.id, version: segment.version, name: 'now by city', rule });
    expect(await historyOf(segment.id, '', token)).toEqual([]);
    const open = await activeSegment(server, `${key}_city`, rule);
    const [change] = await historyOf(open.id, '', token);
    expect(told([change!])).toEqual([`${key} ENTERED RULE v1`]);
    expect(JSON.stringify(change)).not.toContain('4711');
  },
);

test('stays when the segment is paused', async () => {
  const { id } = await activeSegment(server, 'paused', { '==': [{ var: 'name' }, 'Wang'] });
  await setSegment(server, 'pause', id);
  expect(told(await historyOf(id))).toEqual(['Wang LEFT RULE v1', 'Wang ENTERED RULE v1']);
});
