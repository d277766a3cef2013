import { isNonNullType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveCustomer } from '../../server/src/testing/calls.ts';
import {
  canaries,
  CUSTOMER,
  LIST,
  postTo,
  PREVIEW,
  SAVE,
  secret,
  startAttacked,
  type Attacked,
  type Seen,
} from './attacked.ts';
import { documentOf, schema } from './documents.ts';
import { operations } from './operations.ts';
import { samples } from './samples.ts';
import { alike } from './twins.ts';
import { keyOf } from './world.ts';

let attacked: Attacked;
beforeAll(async () => {
  attacked = await startAttacked();
});
afterAll(() => attacked.world.server.close());

/** The bytes of an answer. */
const post = (query: string, variables: object, token: string | null) =>
  postTo(attacked.world.server, query, variables, token);

const stored = async () => (await attacked.world.server.ask<Seen>(CUSTOMER, { id: attacked.world.east })).customer;

describe('what is written', () => {
  it('P12 a customer that is loaded and saved unchanged by who sees masks stays as it was', async () => {
    const before = await stored();
    const { customer } = await attacked.world.server.ask<Seen>(
      CUSTOMER,
      { id: attacked.world.east },
      { token: attacked.masked },
    );
    expect(customer.values[keyOf('PHONE')]).toBe('138****1234');
    await attacked.world.server.ask(
      SAVE,
      { input: { id: attacked.world.east, version: customer.version, values: { ...customer.values, name: 'Anna' } } },
      { token: attacked.masked },
    );
    expect((await stored()).values).toEqual({ ...before.values, name: 'Anna' });
    await saveCustomer(attacked.world.server, {
      id: attacked.world.east,
      version: (await stored()).version,
      values: { name: 'An' },
    });
  });

  it('P13 saved whole without what is hidden, alone or with many, a customer keeps it', async () => {
    const before = await stored();
    const { customer } = await attacked.world.server.ask<Seen>(
      CUSTOMER,
      { id: attacked.world.east },
      { token: attacked.hidden },
    );
    expect(Object.keys(customer.values).toSorted()).toEqual(['city', 'name']);
    const input = { id: attacked.world.east, version: customer.version, values: { ...customer.values, name: 'Anna' } };
    await attacked.world.server.ask(SAVE, { input }, { token: attacked.hidden });
    const many = 'mutation ($ids: [ID!]) { updateCustomers(selection: { ids: $ids }, values: { name: "An" }) { id } }';
    const { updateCustomers } = await attacked.world.server.ask<{ updateCustomers: { id: string } }>(
      many,
      { ids: [attacked.world.east] },
      { token: attacked.hidden },
    );
    await expect
      .poll(
        () =>
          attacked.world.server.ask('query ($id: ID!) { job(id: $id) { status } }', updateCustomers, {
            token: attacked.hidden,
          }),
        { timeout: 20_000 },
      )
      .toEqual({ job: { status: 'SUCCEEDED' } });
    expect((await stored()).values).toEqual(before.values);
  });

  it('P27 what the server writes by itself is in no input, and in values no field', async () => {
    for (const name of ['workspaceId', 'createdAt', 'updatedAt', 'created_at', 'values_', 'owner'])
      expect(
        await post(
          SAVE,
          { input: { values: { name: 'x' }, [name]: attacked.world.west } },
          attacked.world.server.token,
        ),
      ).toContain('BAD_USER_INPUT');
    const before = await stored();
    for (const key of ['id', 'version', 'created_at', 'createdAt', 'updated_at', 'owner', 'ownerId', 'workspaceId']) {
      const input = {
        id: attacked.world.east,
        version: before.version,
        values: { name: 'x', [key]: attacked.world.west },
      };
      expect(await post(SAVE, { input }, attacked.world.server.token)).toMatch(/UNKNOWN_FIELD|READ_ONLY/);
    }
    expect(await stored()).toEqual(before);
  });
});

/** Everything that is stored, but when sessions were last used, who was refused to sign in, and wrong guesses of passwords. */
async function digest(): Promise<unknown> {
  const { source } = attacked.world.server.database;
  const open = `select count(*)::int as open from job where status in ('QUEUED', 'RUNNING')`;
  await expect.poll(() => source.query(open), { timeout: 20_000, interval: 20 }).toEqual([{ open: 0 }]);
  const tables = await source.query<{ name: string }[]>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'login_failure' and has_table_privilege(c.oid, 'select') order by 1`,
  );
  const rows = tables.map(
    ({
      name,
    }) => `select '${name}' as name, md5(string_agg((to_jsonb(t) - 'last_used_at')::text, ',' order by to_jsonb(t)::text)) as digest
                     from "${name}" t where to_jsonb(t) ->> 'action' is distinct from 'user.sign-in-refused'
                      and to_jsonb(t) ->> 'kind' is distinct from 'sign-in-refused'`,
  );
  expect(tables.length).toBeGreaterThan(20);
  return source.query(`${rows.join(' union all ')} order by name`);
}

describe('what is refused', () => {
  it('P20 has changed nothing, in no table', async () => {
    const refusedAt: string[] = [];
    let before = await digest();
    const { nobody, hidden } = attacked;
    for (const token of process.env['FULL_PROOFS'] ? [nobody, hidden] : [hidden])
      for (const [operation, of] of Object.entries(operations)) {
        if (['Mutation.logout', 'Mutation.login'].includes(operation)) continue;
        const variables = of(attacked.things);
        const told = await post(documentOf(operation, Object.keys(variables)), variables, token);
        const after = await digest();
        if (told.includes('"errors"')) {
          refusedAt.push(operation);
          expect(after).toEqual(before);
        }
        before = after;
      }
    expect(refusedAt.length).toBeGreaterThan(25);
  });

  it('P15 is refused alike for who may not and what is not there, in the same time', async () => {
    const inWest = await attacked.world.viewer(
      { name: 'west', roles: () => [{ defaultAccess: 'READ', entries: {}, rowScope: { city: 'west' } }] },
      'READ',
    );
    const nowhere = '018f0000-0000-7000-8000-0000000000ff';
    const times = { there: [] as number[], nowhere: [] as number[] };
    const asks = [
      ['query ($id: ID!) { customer(id: $id) { id } }', (id: string) => ({ id })],
      ['query ($id: ID!) { explain(customerId: $id, rule: true) { result } }', (id: string) => ({ id })],
      [SAVE, (id: string) => ({ input: { id, version: 1, values: { name: 'x' } } })],
      ['mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', (id: string) => ({ id })],
    ] as const;
    for (let round = 0; round < 12; round += 1)
      for (const [query, variables] of asks) {
        const [start, there] = [performance.now(), await post(query, variables(attacked.world.east), inWest)];
        const [between, missing] = [performance.now(), await post(query, variables(nowhere), inWest)];
        expect(there.replaceAll(attacked.world.east, 'ID')).toBe(missing.replaceAll(nowhere, 'ID'));
        times.there.push(between - start);
        times.nowhere.push(performance.now() - between);
      }
    const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1]!;
    const [there, missing] = [median(times.there), median(times.nowhere)];
    expect(Math.max(there, missing) / Math.min(there, missing)).toBeLessThan(3);
  });

  it('P15 what a field is changed to tells nothing of customers out of scope', async () => {
    const { server } = attacked.world;
    const option = (key: string) => ({ key, label: key });
    for (const input of [
      { key: 'mark', type: 'NUMBER', label: 'Mark' },
      { key: 'grade', type: 'SELECT', label: 'Grade', options: ['a', 'b', 'c'].map(option) },
    ])
      await server.ask('mutation ($input: FieldInput!) { createField(input: $input) { key } }', { input });
    for (const name of ['W1', 'W2'])
      await saveCustomer(server, { values: { name, city: 'west', mark: 5, grade: 'a' } });
    const inEast = await attacked.world.viewer(
      { name: 'east', roles: () => [{ defaultAccess: 'WRITE', entries: {}, rowScope: { city: 'east' } }] },
      'WRITE',
    );
    const change =
      'mutation ($key: ID!, $input: FieldInput!) { updateField(key: $key, input: $input) { options { key archived } } }';
    expect(await post(change, { key: 'mark', input: { unique: true } }, inEast)).toContain('"code":"FORBIDDEN"');
    expect(await post(change, { key: 'mark', input: { unique: true } }, server.token)).toContain('NOT_UNIQUE');
    const left = await post(change, { key: 'grade', input: { options: [option('c')] } }, inEast);
    // One of them is had by customers in the west, the other by nobody.
    expect(left).toContain('[{"key":"c","archived":false},{"key":"a","archived":true},{"key":"b","archived":true}]');
  });

  it('P16 a field that was put away leaves nothing to a new one of the same key or label', async () => {
    const create = 'mutation ($input: FieldInput!) { createField(input: $input) { key access options { key } } }';
    const made = { key: 'x_gone', type: 'SELECT', label: 'Gone', options: [{ key: 'old', label: 'old' }] };
    const administrator = attacked.world.server.token;
    await post(create, { input: made }, administrator);
    const { customer } = await saveCustomer(attacked.world.server, {
      values: { name: 'Go', city: 'east', x_gone: 'old' },
    });
    const { roles } = await attacked.world.server.ask<{ roles: { id: string; name: string }[] }>(
      '{ roles { id name } }',
    );
    const set =
      'mutation ($id: ID!) { setFieldAccess(roleId: $id, entries: [{ fieldKey: "x_gone", access: WRITE }]) { id } }';
    await post(set, { id: roles.find(({ name }) => name.startsWith('role '))!.id }, administrator);
    await post('mutation { archiveField(key: "x_gone") { key } }', {}, administrator);
    expect(await post(create, { input: { ...made, type: 'TEXT', options: [] } }, administrator)).toContain(
      'NOT_UNIQUE',
    );
    const next = { ...made, key: 'x_again', options: [{ key: 'new', label: 'new' }] };
    expect(await post(create, { input: next }, administrator)).toContain('"options":[{"key":"new"}]');
    const seen = await attacked.world.server.ask<Seen>(CUSTOMER, { id: customer.id });
    expect(seen.customer.values['x_again']).toBeNull();
    const { data } = await attacked.world.server.call<{ fields: { key: string }[] }>(
      '{ fields { key } }',
      {},
      { token: attacked.hidden },
    );
    expect(data.fields.map(({ key }) => key)).not.toContain('x_again');
  });

  it('P23 a kept list is neither changed nor taken over by another, and made for nobody else', async () => {
    const save = 'mutation ($input: CustomerViewInput!) { saveCustomerView(input: $input) { id version mine } }';
    const { saveCustomerView: view } = await attacked.world.server.ask<{
      saveCustomerView: { id: string; version: number };
    }>(save, {
      input: { name: 'shared', shared: true, filter: { '==': [{ var: 'name' }, 'An'] } },
    });
    const input = { id: view.id, version: view.version, name: 'mine now' };
    expect(await post(save, { input }, attacked.hidden)).toContain('NOT_FOUND');
    expect(
      await post('mutation ($id: ID!) { deleteCustomerView(id: $id) }', { id: view.id }, attacked.hidden),
    ).toContain('NOT_FOUND');
    expect(await post(save, { input: { name: 'x', ownerId: sampleId } }, attacked.hidden)).toContain('BAD_USER_INPUT');
  });

  it('P21 nobody is answered what another was, who asks the same at the same time', async () => {
    const ask = async (token: string, path: string, body?: string) => {
      const answer = await fetch(attacked.world.server.url + path, {
        ...(body && { method: 'POST', body }),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      });
      expect([answer.headers.get('etag'), answer.headers.get('cache-control')]).toEqual([null, 'no-store']);
      return answer.text();
    };
    const list = JSON.stringify({ query: '{ customers { nodes { id values } } fields { key options { key } } }' });
    for (const [path, body] of [
      ['/exports/customers.csv', undefined],
      ['/graphql', list],
    ] as const) {
      const turns = Array.from({ length: 24 }, (_, index) =>
        index % 2 === 0 ? attacked.world.server.token : attacked.hidden,
      );
      const told = await Promise.all(turns.map((token) => ask(token, path, body)));
      expect(new Set(told.filter((_, index) => index % 2 === 0)).size).toBe(1);
      const others = told.filter((_, index) => index % 2 === 1);
      expect(new Set(others).size).toBe(1);
      expect(told[0]).toContain(canaries[0]);
      for (const canary of canaries) expect(others[0]).not.toContain(canary);
    }
  });

  it('P25 an empty choice chooses nobody, and what is no rule is an error', async () => {
    for (const filter of [{ in: [{ var: 'name' }, []] }, { or: [] }])
      expect(await post(LIST, { filter }, attacked.world.server.token)).toMatch(/"totalCount":0|RULE_INVALID/);
    for (const filter of [[], {}, 'x', 0, { where: { name: 'An' } }, { AND: [true] }, { '==': {} }])
      expect(await post(LIST, { filter }, attacked.world.server.token)).toContain('RULE_INVALID');
  });
});

const sampleId = String(samples.USER.value);

/** The operations that look something up by an id, each with the names of its ids. */
const lookups = Object.keys(operations).flatMap((operation) => {
  const [root, name] = operation.split('.') as [string, string];
  const type = root === 'Query' ? schema.getQueryType()! : schema.getMutationType()!;
  const ids = type.getFields()[name]!.args.filter(({ type: of }) => isNonNullType(of) && String(of) === 'ID!');
  return ids.map((arg) => [operation, arg.name] as const);
});

describe('ids', () => {
  it.each(lookups)('P24 %s by a %s that is none: not found, never the first of all', async (operation, arg) => {
    const variables = operations[operation]!(attacked.things);
    const document = documentOf(operation, Object.keys(variables));
    const before = await digest();
    for (const none of [undefined, null, '', 0, [], {}, false, [attacked.things.east]]) {
      const told = await post(document, { ...variables, [arg]: none }, attacked.world.server.token);
      const name = operation.split('.')[1]!;
      expect(told.includes('"errors"') || told.endsWith(`{"data":{"${name}":null}}\n`)).toBe(true);
    }
    expect(await digest()).toEqual(before);
  });

  it('P24 nobody, and a user without roles, has no right to anything', async () => {
    expect(await post(LIST, {}, null)).toContain('UNAUTHENTICATED');
    for (const token of ['', 'null', 'undefined', '0', '[]'])
      expect(await post(LIST, {}, token)).toContain('UNAUTHENTICATED');
    expect(await post(LIST, {}, attacked.nobody)).toContain('"totalCount":0');
  });

  it.each(lookups)('P30 %s: a %s of another kind is nobody’s', async (operation, arg) => {
    const variables = operations[operation]!(attacked.things);
    const own = String(variables[arg]);
    const others = [
      attacked.things.east,
      attacked.things.segment,
      attacked.things.event,
      attacked.things.role,
      attacked.things.job,
      sampleId,
      secret,
    ];
    const before = await digest();
    for (const other of others.filter((id) => id !== own && !isOfKind(operation, arg, id))) {
      const told = await post(
        documentOf(operation, Object.keys(variables)),
        { ...variables, [arg]: other },
        attacked.world.server.token,
      );
      const name = operation.split('.')[1]!;
      expect(told.includes('"errors"') || told.endsWith(`{"data":{"${name}":null}}\n`)).toBe(true);
    }
    expect(await digest()).toEqual(before);
  });

  it('P30 are of version 7, and not to be guessed from one another', async () => {
    const made = [];
    for (let n = 0; n < 20; n += 1)
      made.push((await saveCustomer(attacked.world.server, { values: { name: 'x' } })).customer.id);
    expect(made.every((id) => /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id))).toBe(true);
    expect(new Set(made.map((id) => id.slice(-8))).size).toBe(20);
  });
});

/** Whether an id is one of the right kind after all. */
function isOfKind(operation: string, arg: string, id: string): boolean {
  if (/key/i.test(arg)) return id === secret;
  if (/customer/i.test(operation + arg) && id === attacked.things.east) return true;
  return /segment/i.test(operation) && id === attacked.things.segment;
}

describe('what the product does not have yet', () => {
  const names = [...Object.keys(operations), ...Object.keys(schema.getTypeMap())];

  it('P09 nobody owns a webhook: nothing is delivered elsewhere', () => {
    expect(names.filter((name) => /webhook|delivery|callback/i.test(name))).toEqual([]);
  });

  it('P19 nobody imports customers: of all that is imported there are rules and forms alone', () => {
    expect(names.filter((name) => /import/i.test(name))).toEqual([
      'Query.importRule',
      'Mutation.importForm',
      'ImportedRule',
    ]);
  });
});

it('P11 two values of one mask are found, sorted and counted alike', async () => {
  expect(Object.keys(alike).length).toBe(Object.keys(samples).length);
  for (const [query, variables] of [
    [LIST, { filter: { '==': [{ var: keyOf('PHONE') }, samples.PHONE.value] } }],
    [LIST, { sort: [{ field: keyOf('PHONE') }] }],
    [PREVIEW, { rule: { '!=': [{ var: keyOf('PHONE') }, null] } }],
    ['query { fieldDistribution(fieldKey: "x_number") { min } }', {}],
    ['query { valueTaken(fieldKey: "x_phone", value: "+8613812341234") }', {}],
  ] as const)
    expect(await post(query, variables, attacked.masked)).toContain('FIELD_FORBIDDEN');
});
