import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FieldAccess } from '../access/role.ts';
import { createFields } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const SAVE = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id version values } } }';
const TAKEN = 'query ($v: JSON!, $except: ID) { valueTaken(fieldKey: "phone", value: $v, exceptCustomerId: $except) }';
const LIST = `query ($first: Int, $after: String) { duplicates(first: $first, after: $after) {
  nodes { fieldKey customers { id values } } pageInfo { hasNextPage endCursor } } }`;

interface Saved {
  readonly id: string;
  readonly version: number;
  readonly values: Record<string, unknown>;
}

let server: TestServer;
/** Who sees the customers of one place, and who sees those of both but reads phone numbers in the east alone. */
const who = { east: '', west: '', both: '' };

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'phone', type: 'TEXT', label: 'Phone', unique: true },
    { key: 'city', type: 'TEXT', label: 'City' },
  ]);
  const east = await makeRole('east');
  const west = await makeRole('west');
  const westWithoutPhone = await makeRole('west', { phone: 'HIDDEN' });
  who.east = await server.signInAs([east]);
  who.west = await server.signInAs([west]);
  who.both = await server.signInAs([east, westWithoutPhone]);
});
afterAll(() => server.close());

beforeEach(async () => {
  const { customers } = await server.ask<{ customers: { nodes: Saved[] } }>(
    '{ customers(first: 500) { nodes { id version } } }',
  );
  for (const { id, version } of customers.nodes) await erase(id, version);
});

let made = 0;
async function makeRole(city: string, entries: Readonly<Record<string, FieldAccess>> = {}): Promise<string> {
  const rowScope = { '==': [{ var: 'city' }, city] };
  const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
    'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
    { input: { name: `role ${(made += 1)}`, capabilities: ['ERASE_CUSTOMERS'], defaultAccess: 'WRITE', rowScope } },
  );
  await server.ask(
    'mutation ($id: ID!, $entries: [FieldAccessInput!]!) { setFieldAccess(roleId: $id, entries: $entries) { id } }',
    { id: saveRole.id, entries: Object.entries(entries).map(([fieldKey, access]) => ({ fieldKey, access })) },
  );
  return saveRole.id;
}

async function save(token: string, values: object, more: object = {}): Promise<Saved> {
  const { saveCustomer } = await server.ask<{ saveCustomer: { customer: Saved } }>(
    SAVE,
    { input: { ...more, values } },
    { token },
  );
  return saveCustomer.customer;
}

async function refusal(token: string, values: object, more: object = {}): Promise<unknown> {
  const { errors } = await server.call(SAVE, { input: { ...more, values } }, { token });
  return (errors?.[0]?.extensions as { issues?: { path: string; code: string }[] } | undefined)?.issues?.map(
    ({ path, code }) => `${path} ${code}`,
  );
}

const erase = (id: string, version: number) =>
  server.ask('mutation ($id: ID!, $v: Int!) { eraseCustomer(id: $id, version: $v) }', { id, v: version });
const taken = async (token: string, v: string) =>
  (await server.ask<{ valueTaken: boolean }>(TAKEN, { v }, { token })).valueTaken;

interface Listed {
  readonly duplicates: {
    readonly nodes: readonly { readonly customers: readonly Saved[] }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

async function page(after: string | null, first = 2, token = server.token) {
  const { duplicates: listed } = await server.ask<Listed>(LIST, { first, after }, { token });
  return { found: listed.nodes.map(({ customers }) => customers.map(({ id }) => id)), ...listed.pageInfo };
}

const duplicates = async (token?: string) => (await page(null, 50, token)).found;

/** Values of the field that nobody has alone, that two have alone, or that stand for somebody who does not have them. */
async function identityErrors(): Promise<unknown[]> {
  return server.database.source.query(`
    with held as (select f_phone as value, id from customer c where f_phone is not null),
         noted as (select value, customer_id as id from customer_identity where field_key = 'phone'
                   union all select value, customer_id from customer_duplicate where field_key = 'phone')
    (select 'missing' as what, * from held except all select 'missing', * from noted)
    union all (select 'stale', * from noted except all select 'stale', * from held)
    union all select 'nobody alone', d.value, d.customer_id from customer_duplicate d
               where not exists (select 1 from customer_identity i where (i.field_key, i.value) = (d.field_key, d.value))`);
}

describe('a value of a unique field that somebody else’s customer has', () => {
  it('is saved as one that nobody has, and told as free', async () => {
    await save(who.west, { phone: '1', city: 'west' });
    expect(await taken(who.east, '1')).toBe(false);
    const saved = await save(who.east, { phone: '1', city: 'east' });
    expect(saved).toEqual({ id: saved.id, version: 1, values: { phone: '1', city: 'east' } });
    expect(await taken(server.token, '1')).toBe(true);
    expect(await identityErrors()).toEqual([]);
  });

  it('is refused to who sees that customer, also where it is not the first', async () => {
    await save(who.west, { phone: '1', city: 'west' });
    await save(who.east, { phone: '1', city: 'east' });
    for (const token of [who.east, who.west, server.token]) {
      expect(await taken(token, '1')).toBe(true);
      expect(await refusal(token, { phone: '1', city: token === who.west ? 'west' : 'east' })).toEqual([
        'phone NOT_UNIQUE',
      ]);
    }
  });

  it('is free to who sees that customer but not the value', async () => {
    await save(who.west, { phone: '1', city: 'west' });
    expect(await taken(who.both, '1')).toBe(false);
    expect(await refusal(who.both, { phone: '1', city: 'east' })).toBeUndefined();
  });

  it('is listed for who may see both, until one of them gives it up', async () => {
    const first = await save(who.west, { phone: '1', city: 'west' });
    const later = await save(who.east, { phone: '1', city: 'east' });
    expect(await duplicates()).toEqual([[first.id, later.id]]);
    for (const token of [who.east, who.west, who.both]) expect(await duplicates(token)).toEqual([]);
    await save(who.east, { phone: '2' }, { id: later.id, version: 1 });
    expect(await duplicates()).toEqual([]);
  });

  it('passes to the later one when the first gives it up or is erased', async () => {
    const first = await save(who.west, { phone: '1', city: 'west' });
    const later = await save(who.east, { phone: '1', city: 'east' });
    await save(who.west, { phone: null }, { id: first.id, version: 1 });
    expect(await duplicates()).toEqual([]);
    expect(await refusal(server.token, { phone: '1' })).toEqual(['phone NOT_UNIQUE']);
    await save(who.west, { phone: '1' }, { id: first.id, version: 2 });
    expect(await duplicates()).toEqual([[later.id, first.id]]);
    await erase(later.id, 1);
    expect(await duplicates()).toEqual([]);
    expect(await refusal(server.token, { phone: '1' })).toEqual(['phone NOT_UNIQUE']);
    expect(await identityErrors()).toEqual([]);
  });

  it('stays as it is when other values of the customer are saved', async () => {
    const first = await save(who.west, { phone: '1', city: 'west' });
    const later = await save(who.east, { phone: '1', city: 'east' });
    await save(server.token, { phone: '1', city: 'north' }, { id: later.id, version: 1 });
    expect(await duplicates()).toEqual([[first.id, later.id]]);
  });

  it('is listed page by page, the latest first', async () => {
    const pairs: string[][] = [];
    for (const phone of ['1', '2', '3']) {
      const first = await save(who.west, { phone, city: 'west' });
      pairs.unshift([first.id, (await save(who.east, { phone, city: 'east' })).id]);
    }
    const first = await page(null);
    expect(first.hasNextPage).toBe(true);
    const last = await page(first.endCursor);
    expect(last.hasNextPage).toBe(false);
    expect([...first.found, ...last.found]).toEqual(pairs);
  });

  it('always belongs to exactly one, whoever saves, empties and erases at the same time', async () => {
    const act = fc.record({
      token: fc.constantFrom('east', 'west'),
      phone: fc.constantFrom('1', '2', '3', null),
      customer: fc.nat({ max: 9 }),
      erase: fc.boolean(),
    });
    const ids: Saved[] = [];
    const acts = fc.sample(act, { numRuns: 120, seed: 7 });
    const perform = async ({ token, phone, customer, erase: isErased }: (typeof acts)[number]) => {
      const known = ids[customer];
      const city = token;
      if (!known) return void ids.push(await save(who[token as 'east'], { phone, city }));
      const input = { id: known.id, version: known.version, values: { phone } };
      if (isErased) return erase(known.id, known.version).catch(() => undefined);
      return server.call(SAVE, { input }, { token: server.token });
    };
    for (let at = 0; at < acts.length; at += 6) {
      await Promise.all(acts.slice(at, at + 6).map((each) => perform(each).catch(() => undefined)));
      const { customers } = await server.ask<{ customers: { nodes: Saved[] } }>(
        '{ customers(first: 500) { nodes { id version values } } }',
      );
      ids.splice(0, ids.length, ...customers.nodes);
      expect(await identityErrors()).toEqual([]);
    }
    expect(ids.length).toBeGreaterThan(3);
  });
});
