import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/uuid.ts';
import { activeSegment, createFields, saveCustomer, saveSegment, setSegment } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const start = '2026-07-01T08:00:00.000Z';
let now = start;
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  await createFields(server, [
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'income', type: 'NUMBER', label: 'Income' },
  ]);
});
afterAll(() => server.close());

const isCity = (city: string) => ({ '==': [{ var: 'city' }, city] });

/** Moves the clock on, and gives the instant before. */
function pass(): string {
  const before = now;
  now = new Date(Date.parse(now) + 1_000).toISOString();
  return before;
}

interface Members {
  nodes: { id: string }[];
  totalCount: number;
  pageInfo: { endCursor: string | null };
}

async function membersOf(id: string, page: object = {}, token = server.token): Promise<Members | null> {
  const { segment } = await server.ask<{ segment: { members: Members | null } }>(
    `query ($id: ID!, $at: DateTime, $first: Int, $after: String) {
       segment(id: $id) { members(at: $at, first: $first, after: $after) { nodes { id } totalCount pageInfo { endCursor } } } }`,
    { id, ...page },
    { token },
  );
  return segment.members;
}

async function segmentsOf(
  id: string,
  at?: string,
  token = server.token,
): Promise<{ since: string; segment: object }[]> {
  const { customer } = await server.ask<{ customer: { memberships: { since: string; segment: object }[] } }>(
    'query ($id: ID!, $at: DateTime) { customer(id: $id) { memberships(at: $at) { since segment { key } } } }',
    { id, at },
    { token },
  );
  return customer.memberships;
}

test('every former moment is told as it was told then', async () => {
  const { id: here } = await activeSegment(server, 'here', isCity('here'));
  const people: { id: string; version: number }[] = [];
  for (let i = 0; i < 3; i += 1)
    people.push({ ...(await saveCustomer(server, { values: { city: 'none' } })).customer });
  const step = fc.record({ who: fc.nat(2), city: fc.constantFrom('here', 'there'), sameInstant: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const told: { at: string; members: Members | null; segments: object[][] }[] = [];
      for (const { who, city, sameInstant } of steps) {
        const { id, version } = people[who]!;
        people[who] = (await saveCustomer(server, { id, version, values: { city } })).customer;
        if (sameInstant) continue;
        const [members, segments] = [
          await membersOf(here),
          await Promise.all(people.map((each) => segmentsOf(each.id))),
        ];
        told.push({ at: pass(), members, segments });
      }
      for (const { at, members, segments } of told) {
        const { nodes, totalCount } = (await membersOf(here, { at }))!;
        expect({ nodes, totalCount }).toEqual({ nodes: members!.nodes, totalCount: members!.totalCount });
        expect(await Promise.all(people.map((each) => segmentsOf(each.id, at)))).toEqual(segments);
      }
      pass();
    }),
    { numRuns: 6 },
  );
});

test('before the first change nobody, in the future those of now; a paused or deleted segment had members', async () => {
  pass();
  const { id } = await activeSegment(server, 'paused', isCity('p'));
  const before = pass();
  const { customer } = await saveCustomer(server, { values: { city: 'p' } });
  const during = pass();
  expect(await membersOf(id, { at: before })).toMatchObject({ nodes: [], totalCount: 0 });
  expect(await membersOf(id, { at: '2100-01-01T00:00:00Z' })).toMatchObject({ nodes: [{ id: customer.id }] });
  await setSegment(server, 'pause', id);
  expect(await membersOf(id)).toMatchObject({ totalCount: 0 });
  expect(await membersOf(id, { at: now })).toMatchObject({ totalCount: 0 });
  expect(await membersOf(id, { at: during })).toMatchObject({ nodes: [{ id: customer.id }], totalCount: 1 });
  await server.ask('mutation ($id: ID!) { deleteSegment(id: $id) }', { id });
  expect(await segmentsOf(customer.id, during)).toEqual([{ since: during, segment: { key: 'paused' } }]);
});

test('pages meet everybody once; who has been erased since is not shown', async () => {
  const { id } = await activeSegment(server, 'paged', isCity('g'));
  const ids: string[] = [];
  for (let i = 0; i < 4; i += 1) ids.unshift((await saveCustomer(server, { values: { city: 'g' } })).customer.id);
  const at = pass();
  await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id: ids[3] });
  const first = (await membersOf(id, { at, first: 2 }))!;
  const second = (await membersOf(id, { at, first: 2, after: first.pageInfo.endCursor }))!;
  expect([...first.nodes, ...second.nodes].map((each) => each.id)).toEqual(ids.slice(0, 3));
  expect(first.totalCount).toBe(3);
});

test('where an earlier rule read what the viewer may not, only the members of now are for her', async () => {
  const role = newId();
  const { source } = server.database;
  await source.query(`insert into role (id, name, capabilities, default_access) values ($1, 'role', '{}', 'WRITE')`, [
    role,
  ]);
  await source.query(`insert into role_field_access values ($1, 'income', 'HIDDEN')`, [role]);
  await source.query('update rule_set set version = version + 1');
  const token = await server.signInAs([role]);
  const { customer } = await saveCustomer(server, { values: { city: 'r', income: 4_711 } });
  const { id, version } = await activeSegment(server, 'rich', { '>': [{ var: 'income' }, 1_000] });
  await saveSegment(server, { id, version, name: 'rich', rule: isCity('r') });
  const at = pass();
  expect(await membersOf(id, {}, token)).toMatchObject({ nodes: [{ id: customer.id }] });
  expect(await segmentsOf(customer.id, undefined, token)).toHaveLength(1);
  expect(await membersOf(id, { at }, token)).toBeNull();
  expect(await segmentsOf(customer.id, at, token)).toEqual([]);
  expect(await membersOf(id, { at })).toMatchObject({ nodes: [{ id: customer.id }] });
  expect(await segmentsOf(customer.id, at)).toHaveLength(1);
});
