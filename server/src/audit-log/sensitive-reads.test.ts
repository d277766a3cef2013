import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtInRoles } from '../access/role.ts';
import { activeSegment, createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

interface Read {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly name: string } | null;
  readonly address: string | null;
  readonly channel: string;
  readonly fieldKeys: readonly string[];
  readonly customers: readonly { readonly id: string }[];
  readonly erasedIds: readonly string[];
  readonly customerCount: number;
}
interface Page {
  readonly sensitiveReads: {
    readonly nodes: readonly Read[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const READS = `query ($first: Int, $after: String, $customerId: ID, $actorId: ID, $from: DateTime, $to: DateTime) {
  sensitiveReads(first: $first, after: $after, customerId: $customerId, actorId: $actorId, from: $from, to: $to) {
    nodes { id at actor { name } address channel fieldKeys customers { id } erasedIds customerCount }
    pageInfo { hasNextPage endCursor } } }`;

let server: TestServer;
const ids: Record<string, string> = {};
/** income HIDDEN, phone MASKED; with VIEW_AUDIT and EXPORT. */
let limited: string;
/** VIEW_AUDIT; sees the east alone. */
let east: string;
/** VIEW_AUDIT; reads everything in the east, and in the west no income. */
let mixed: string;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'income', type: 'NUMBER', label: 'Income', sensitive: true },
    { key: 'phone', type: 'PHONE', label: 'Phone', sensitive: true },
    { key: 'double', type: 'FORMULA', label: 'Double', formula: { '*': [{ var: 'income' }, 2] } },
  ]);
  for (const [name, city, income, phone] of [
    ['An', 'east', 5_432, '13812341234'],
    ['Bo', 'east', null, '13812345678'],
    ['Cy', 'west', 7_654, '13812349999'],
    ['Di', 'west', null, null],
  ] as const)
    ids[name] = (await saveCustomer(server, { values: { name, city, income, phone } })).customer.id;
  await activeSegment(server, 'easterners', { '==': [{ var: 'city' }, 'east'] });
  const limitedRole = await role({ name: 'Limited', capabilities: ['VIEW_AUDIT', 'EXPORT'] });
  await setAccess(limitedRole, 'income: HIDDEN, phone: MASKED');
  limited = await server.signInAs([limitedRole]);
  const eastern = await role({ name: 'East', rowScope: { '==': [{ var: 'city' }, 'east'] } });
  const western = await role({ name: 'West', rowScope: { '==': [{ var: 'city' }, 'west'] } });
  await setAccess(western, 'income: HIDDEN');
  east = await server.signInAs([eastern]);
  mixed = await server.signInAs([eastern, western]);
});
afterAll(() => server.close());
beforeEach(forget);

async function role(input: object): Promise<string> {
  const made = await server.ask<{ saveRole: { id: string } }>(
    'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
    { input: { capabilities: ['VIEW_AUDIT'], defaultAccess: 'READ', ...input } },
  );
  return made.saveRole.id;
}

async function setAccess(id: string, access: string): Promise<void> {
  const entries = access.split(', ').map((entry) => entry.split(': '));
  await server.ask(
    'mutation ($id: ID!, $entries: [FieldAccessInput!]!) { setFieldAccess(roleId: $id, entries: $entries) { id } }',
    {
      id,
      entries: entries.map(([fieldKey, given]) => ({ fieldKey, access: given })),
    },
  );
}

/** Takes away what earlier tests have read, as the owner of the tables. */
async function forget(): Promise<void> {
  const runner = server.database.source.createQueryRunner();
  await runner.query('begin; set local role none; delete from sensitive_read; commit');
  await runner.release();
}

const reads = async (variables: object = {}, token = server.token) =>
  (await server.ask<Page>(READS, { first: 500, ...variables }, { token })).sensitiveReads.nodes;

const nameOf = (id: string) => Object.keys(ids).find((name) => ids[name] === id) ?? id;

/** What the log tells of each read, the customers by their names. */
const told = async (variables: object = {}, token = server.token) =>
  (await reads(variables, token))
    .map(({ channel, fieldKeys, customers, erasedIds }) => {
      const names = [...customers.map(({ id }) => id), ...erasedIds].map(nameOf).toSorted();
      return `${channel} ${fieldKeys.join('+')} ${names.join('+')}`;
    })
    .toSorted();

const list = (token = server.token, variables: object = {}) =>
  server.call(
    'query ($filter: Rule, $sort: [SortInput!]) { customers(filter: $filter, sort: $sort) { nodes { id values } } }',
    variables,
    { token },
  );

describe('reads of sensitive fields', () => {
  it('tell who read which fields of whom, when, and from where', async () => {
    await server.ask('query ($id: ID!) { customer(id: $id) { values } }', { id: ids['An'] });
    const [read] = await reads();
    expect(read).toMatchObject({
      actor: { name: 'admin' },
      address: expect.stringMatching(/127\.0\.0\.1$/),
      channel: 'customer',
      fieldKeys: ['income', 'phone'],
      customers: [{ id: ids['An'] }],
      erasedIds: [],
      customerCount: 1,
    });
    expect(Math.abs(Date.parse(read!.at) - Date.now())).toBeLessThan(60_000);
  });

  it('are noted once for an answer, of each customer what was really there, and of nobody whose values are empty', async () => {
    await list();
    expect(await told()).toEqual(['list income+phone An+Bo+Cy']);
    expect(await told({ customerId: ids['Bo'] })).toEqual(['list phone An+Bo+Cy']);
    expect(await told({ customerId: ids['Di'] })).toEqual([]);
  });

  it.each([
    ['customers', 'query { customers { nodes { id } pageInfo { endCursor } totalCount } }'],
    ['an order by a sensitive field', 'query { customers(sort: [{ field: "income" }]) { nodes { id } } }'],
    ['a count', 'query { previewRule(rule: { "!=": [{ var: "income" }, null] }) { count } }'],
    ['the audit log', 'query { auditLog { nodes { action target } } }'],
  ])('are none where no values are told: %s', async (_, query) => {
    await server.call(query.replace('{ "!=": [{ var: "income" }, null] }', 'true'));
    expect(await told()).toEqual([]);
  });

  it.each<[string, string, (named: Record<string, string>) => object, readonly string[]]>([
    [
      'the members of a segment',
      '{ segments { members { nodes { values } } } }',
      () => ({}),
      ['segment income+phone An+Bo'],
    ],
    [
      'the history of a segment',
      '{ segments { history { customer { values } } } }',
      () => ({}),
      ['segment income+phone An+Bo'],
    ],
    [
      'a sample of a rule',
      'query ($rule: Rule!) { previewRule(rule: $rule) { sample { values } } }',
      () => ({ rule: { '==': [{ var: 'city' }, 'west'] } }),
      ['preview income+phone Cy'],
    ],
    [
      'an explanation, of the fields that it shows',
      'query ($id: ID!, $rule: Rule) { explain(customerId: $id, rule: $rule) { tree } }',
      ({ An: id }) => ({ id, rule: { '>': [{ var: 'income' }, 1] } }),
      ['explanation income An'],
    ],
    [
      'what was changed of a customer',
      'query ($id: ID) { auditLog(customerId: $id) { nodes { changes } } }',
      ({ Bo: id }) => ({ id }),
      ['audit phone Bo'],
    ],
    [
      'the place where a page ends that is sorted by the field',
      'query { customers(sort: [{ field: "income" }], first: 1) { pageInfo { endCursor } } }',
      () => ({}),
      ['list income An'],
    ],
    [
      'what a save answers',
      'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { values } } }',
      ({ Bo: id }) => ({ input: { id, version: 1, values: {} } }),
      ['customer phone Bo'],
    ],
  ])('are noted of %s', async (_, query, variables, expected) => {
    await server.ask(query, variables(ids));
    expect(await told()).toEqual(expected);
  });

  it('are noted of what was changed of a field that is archived, and of no list, which leaves it out', async () => {
    const archive = (act: string) => server.ask(`mutation { ${act}Field(key: "phone") { key } }`);
    await archive('archive');
    await server.ask('query ($id: ID) { auditLog(customerId: $id) { nodes { changes } } }', { id: ids['Bo'] });
    await list();
    expect(await told()).toEqual(['audit phone Bo', 'list income An+Cy']);
    await archive('restore');
  });

  it('are not what is hidden, nor what is masked', async () => {
    await list(limited);
    await server.ask('query { auditLog { nodes { changes } } }', {}, { token: limited });
    await fetch(`${server.url}/exports/customers.csv`, { headers: { authorization: `Bearer ${limited}` } }).then(
      (answer) => answer.text(),
    );
    expect(await told()).toEqual([]);
    await list(mixed);
    expect(await told()).toEqual(['list income+phone An+Bo+Cy']);
    expect(await told({ customerId: ids['Cy'] })).toEqual(['list phone An+Bo+Cy']);
  });

  it('are noted of every row of a file, and of the columns in it alone', async () => {
    await server.database.source.query(
      `insert into customer (id, version, created_at, updated_at, f_name, f_income)
       select gen_random_uuid(), 1, now(), now(), 'many', 1 from generate_series(1, 2500) n`,
    );
    const answer = await fetch(`${server.url}/exports/customers.csv?columns=name,income`, {
      headers: { authorization: `Bearer ${server.token}` },
    });
    await answer.text();
    const noted = await reads();
    expect(noted.map(({ channel, fieldKeys }) => `${channel} ${fieldKeys.join()}`)).toEqual(
      noted.map(() => 'export income'),
    );
    expect(noted.map(({ customerCount }) => customerCount).reduce((sum, count) => sum + count, 0)).toBe(2_502);
    expect(noted[0]!.customers.length).toBe(10);
    await server.database.source.query(`delete from customer where f_name = 'many'`);
  });

  it('cannot be changed or taken away by the server itself', async () => {
    await list();
    for (const statement of ['update sensitive_read set channel = $1', 'delete from sensitive_read where channel = $1'])
      await expect(server.database.source.query(statement, ['list'])).rejects.toThrow(/permission denied/);
    expect((await reads()).length).toBe(1);
  });

  it('that cannot be noted are not answered', async () => {
    const owner = async (statement: string) => {
      const runner = server.database.source.createQueryRunner();
      await runner.query(`begin; set local role none; ${statement}; commit`);
      await runner.release();
    };
    await owner('revoke insert on sensitive_read from kequn_app');
    const { errors, data } = await list();
    const file = await fetch(`${server.url}/exports/customers.csv`, {
      headers: { authorization: `Bearer ${server.token}` },
    });
    const text = await file.text().catch(String);
    await owner('grant insert on sensitive_read to kequn_app');
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL');
    expect(JSON.stringify(data) + text).not.toMatch(/5432|1381234/);
  });

  it('end with the flag, and begin with it', async () => {
    const flag = (sensitive: boolean) =>
      server.ask(
        'mutation ($sensitive: Boolean!) { updateField(key: "phone", input: { sensitive: $sensitive }) { key } }',
        { sensitive },
      );
    await flag(false);
    await list();
    expect(await told()).toEqual(['list income An+Cy']);
    await flag(true);
    await list();
    expect(await told()).toEqual(['list income An+Cy', 'list income+phone An+Bo+Cy']);
  });
});

describe('the access log', () => {
  it('is for who may see it', async () => {
    const { errors } = await server.call(READS, {}, { token: await server.signInAs([builtInRoles.manager]) });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('is narrowed by customer, by actor, and by time', async () => {
    await list();
    await list(east);
    await list();
    expect(await told({ customerId: ids['Cy'] })).toEqual(
      Array.from({ length: 2 }, () => 'list income+phone An+Bo+Cy'),
    );
    expect(await told({ customerId: ids['Cy']!.toUpperCase() })).toHaveLength(2);
    expect(await told({ customerId: 'nobody' })).toEqual([]);
    const { me } = await server.ask<{ me: { id: string } }>('{ me { id } }', {}, { token: east });
    expect(await told({ actorId: me.id })).toEqual(['list income+phone An+Bo']);
    const all = await reads();
    const middle = all[1]!.at;
    expect((await reads({ from: middle })).every(({ at }) => at >= middle)).toBe(true);
    expect((await reads({ to: middle })).every(({ at }) => at < middle)).toBe(true);
  });

  it('goes on from page to page without missing anything', async () => {
    for (let times = 0; times < 8; times += 1) await list();
    const all = (await reads()).map(({ id }) => id);
    const paged: string[] = [];
    for (let after: string | null = null; ;) {
      const { sensitiveReads }: Page = await server.ask(READS, { first: 3, after });
      paged.push(...sensitiveReads.nodes.map(({ id }) => id));
      if (!sensitiveReads.pageInfo.hasNextPage) break;
      after = sensitiveReads.pageInfo.endCursor;
    }
    expect([all.length, paged]).toEqual([8, all]);
  });

  it.each([{ after: 'nonsense' }, { after: Buffer.from('{"id":"1","of":"another question"}').toString('base64url') }])(
    'takes no place that is none: %j',
    async (variables) => {
      const { errors } = await server.call(READS, variables);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'VALIDATION_FAILED', issues: [{ path: 'after' }] });
    },
  );

  it('gives an empty page with a next one where many reads in a row are not to be told', async () => {
    const note = (first: string, count: number, name: string) =>
      server.database.source.query(
        `insert into sensitive_read (id, at, channel, field_keys, customer_ids, field_sets, set_of)
         select ($1 || lpad(to_hex(n), 12, '0'))::uuid, now(), 'list', '{income}', array[$3]::uuid[], '[["income"]]', '{0}'
           from generate_series(1, $2) n`,
        [first, count, ids[name]],
      );
    await note('00000000-0000-7000-8000-', 2, 'An');
    await note('00000001-0000-7000-8000-', 4_000, 'Cy');
    const sizes: number[] = [];
    for (let after: string | null = null, isMore = true; isMore;) {
      const { sensitiveReads }: Page = await server.ask(READS, { first: 1, after }, { token: mixed });
      sizes.push(sensitiveReads.nodes.length);
      after = sensitiveReads.pageInfo.endCursor;
      isMore = sensitiveReads.pageInfo.hasNextPage;
    }
    expect(sizes).toEqual([0, 0, 1, 1]);
    expect(await told({}, mixed)).toEqual(['list income An', 'list income An']);
  });

  it('names no hidden field, tells nothing where no other was read, and not of whom the hidden one was read too', async () => {
    await list();
    await server.ask('query ($rule: Rule!) { previewRule(rule: $rule) { sample { id } } }', { rule: true });
    await server.ask('query ($id: ID!, $rule: Rule) { explain(customerId: $id, rule: $rule) { tree } }', {
      id: ids['An'],
      rule: { '>': [{ var: 'income' }, 1] },
    });
    expect(await told({}, limited)).toEqual(['list phone An+Bo+Cy']);
  });

  it('tells of nobody outside of the scope', async () => {
    await list();
    expect(await told({}, east)).toEqual(['list income+phone An+Bo']);
    expect(await told({ customerId: ids['Cy'] }, east)).toEqual([]);
  });

  it('tells of no customer a field that is hidden there, though it is not elsewhere', async () => {
    await list();
    expect(await told({ customerId: ids['Cy'] }, mixed)).toEqual(['list phone An+Bo+Cy']);
    expect(await told({ customerId: ids['An'] }, mixed)).toEqual(['list income+phone An+Bo+Cy']);
  });

  it('keeps of who is erased the id alone, for who sees everybody', async () => {
    const { customer } = await saveCustomer(server, { values: { name: 'Ed', city: 'east', income: 9_876 } });
    await server.ask('query ($id: ID!) { customer(id: $id) { values } }', { id: customer.id });
    await forget();
    await server.ask('query ($id: ID!) { customer(id: $id) { values } }', { id: customer.id });
    await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id: customer.id });
    const [read, ...others] = await reads({ customerId: customer.id });
    expect(read).toMatchObject({ customers: [], erasedIds: [customer.id], customerCount: 1 });
    expect(others).toEqual([]);
    expect(await reads({}, east)).toEqual([]);
    const stored = await server.database.source.query<unknown[]>('select * from sensitive_read');
    expect(JSON.stringify(stored)).not.toMatch(/9876|Ed"/);
  });

  it('notes whose values are opened from it', async () => {
    await server.ask('query ($id: ID!) { customer(id: $id) { values } }', { id: ids['An'] });
    await server.ask('{ sensitiveReads { nodes { customers { values } } } }');
    expect(await told()).toEqual(['customer income+phone An', 'list income+phone An']);
  });
});
