import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const STAFF = '00000000-0000-7000-8000-000000000003';
let server: TestServer;
/** Two users by the token of each; both may see every customer. */
let [wang, lee]: [string, string] = ['', ''];

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名' },
    { key: 'region', type: 'REGION', label: '地区' },
  ]);
  [wang, lee] = [await server.signInAs([STAFF]), await server.signInAs([STAFF])];
  for (const [name, token, region] of [
    ['王的一', wang, '440305'],
    ['王的二', wang, '110105'],
    ['李的', lee, '440305'],
  ] as const) {
    const { id } = (await saveCustomer(server, { values: { name, region } })).customer;
    await server.database.source.query('update customer set owner = $1 where id = $2', [await userOf(token), id]);
  }
  await saveCustomer(server, { values: { name: '无主' } });
  await keepAttributes(wang, { region: '440305', target: 'x' });
});
afterAll(() => server.close());

async function userOf(token: string): Promise<string> {
  return (await server.ask<{ me: { id: string } }>('{ me { id } }', {}, { token })).me.id;
}

async function keepAttributes(token: string, attributes: object): Promise<void> {
  await server.database.source.query('update app_user set attributes = $1 where id = $2', [
    attributes,
    await userOf(token),
  ]);
}

const mine = { '==': [{ var: 'owner' }, { me: ['id'] }] };
const nearby = { '==': [{ var: 'region' }, { me: ['region'] }] };
const LIST = 'query ($rule: Rule) { customers(filter: $rule) { totalCount nodes { values } } }';

async function namesOf(rule: object, token: string): Promise<readonly unknown[]> {
  const { customers } = await server.ask<{ customers: { nodes: { values: { name: string } }[] } }>(
    LIST,
    { rule },
    { token },
  );
  return customers.nodes.map(({ values }) => values.name).toSorted();
}

describe('a list filter that asks for the viewer', () => {
  test('gives each user their own customers', async () => {
    expect(await namesOf(mine, wang)).toEqual(['王的一', '王的二']);
    expect(await namesOf(mine, lee)).toEqual(['李的']);
    expect(await namesOf({ '!': [mine] }, lee)).toEqual(['无主', '王的一', '王的二']);
  });

  test('compares with an attribute of the viewer, which is empty where there is none', async () => {
    expect(await namesOf(nearby, wang)).toEqual(['李的', '王的一']);
    expect(await namesOf(nearby, lee)).toEqual([]);
    expect(await namesOf({ '==': [{ var: 'region' }, { me: ['target'] }] }, wang)).toEqual([]);
  });

  test('is counted and read out in a preview, and explained', async () => {
    const PREVIEW = 'query ($rule: Rule!) { previewRule(rule: $rule) { text count conditions { count } } }';
    const preview = async (token: string) =>
      (await server.ask<{ previewRule: object }>(PREVIEW, { rule: mine }, { token })).previewRule;
    const text = 'Owner is the current user';
    expect(await preview(wang)).toMatchObject({ text, count: 2, conditions: [{ count: 2 }] });
    expect(await preview(lee)).toMatchObject({ text, count: 1, conditions: [{ count: 1 }] });
    const [customer] = await server.database.source.query<{ id: string }[]>(
      'select id from customer where owner = $1',
      [await userOf(lee)],
    );
    const explained = async (token: string) => {
      const EXPLAIN =
        'query ($id: ID!, $rule: Rule!) { explain(customerId: $id, rule: $rule) { result nextChangeAt } }';
      return (await server.ask<{ explain: object }>(EXPLAIN, { id: customer!.id, rule: mine }, { token })).explain;
    };
    expect(await explained(wang)).toEqual({ result: false, nextChangeAt: null });
    expect(await explained(lee)).toEqual({ result: true, nextChangeAt: null });
  });

  test('is kept as a view that gives whoever opens it their own', async () => {
    const SAVE = 'mutation ($input: CustomerViewInput!) { saveCustomerView(input: $input) { filter } }';
    await server.ask(SAVE, { input: { name: '我的客户', shared: true, filter: mine } });
    const { customerViews } = await server.ask<{ customerViews: { filter: object }[] }>(
      '{ customerViews { filter } }',
      {},
      { token: lee },
    );
    expect(customerViews).toEqual([{ filter: mine }]);
    expect(await namesOf(customerViews[0]!.filter, lee)).toEqual(['李的']);
  });
});

describe('is refused, at its place,', () => {
  const issuesOf = async (query: string, variables: object) => {
    const { errors } = await server.call(query, variables);
    const issues = errors?.[0]?.extensions['issues'] as { path: string; code: string }[] | undefined;
    return issues?.map(({ path, code }) => `${code} ${path}`);
  };

  test('as the rule of a segment, where nobody looks on', async () => {
    const SAVE = 'mutation ($rule: Rule!) { saveSegment(input: { name: "x", rule: $rule }) { id } }';
    expect(await issuesOf(SAVE, { rule: mine })).toEqual(['TYPE /==/1/me']);
  });

  test('as the rule of a field', async () => {
    const CREATE = `mutation ($rule: JSON) {
      createField(input: { key: "y", type: TEXT, label: "y", validation: { rule: $rule } }) { key }
    }`;
    expect(await issuesOf(CREATE, { rule: nearby })).toEqual(['TYPE validation/rule/==/1/me']);
  });

  test('by a key that is no key of an attribute', async () => {
    const asked = (me: unknown) => issuesOf(LIST, { rule: { '==': [{ var: 'name' }, { me }] } });
    expect(await asked(['constructor'])).toEqual(['FORBIDDEN_KEY /==/1/me/0']);
    expect(await asked(['A.b'])).toEqual(['TYPE /==/1/me/0']);
    expect(await asked([])).toEqual(['ARITY /==/1/me']);
  });
});
