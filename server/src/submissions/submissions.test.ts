import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FieldAccess } from '../access/role.ts';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { answerForm, layoutOf, openForm, type OpenForm } from '../testing/answer-calls.ts';
import { publishedForm } from '../testing/form-calls.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let form: OpenForm;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'phone', type: 'PHONE', label: 'Phone' },
    { key: 'mail', type: 'EMAIL', label: 'Mail' },
    { key: 'income', type: 'MONEY', label: 'Income', sensitive: true },
    { key: 'vip', type: 'BOOLEAN', label: 'VIP' },
    { key: 'likes', type: 'MULTI_SELECT', label: 'Likes', options: ['tea', 'art'].map((key) => ({ key, label: key })) },
  ]);
  form = await openForm(server, ['name', 'city', 'phone', 'mail', 'income', 'likes']);
});
afterAll(() => server.close());
beforeEach(async () => {
  await server.database.source.query('delete from submission; delete from customer_search; delete from customer');
});

const PARTS = `id status formName formVersion at values consent customer { id } matches { id } submittedBy { name }`;
const LIST = `query ($formId: ID!, $first: Int, $after: String) {
  submissions(formId: $formId, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { ${PARTS} } } }`;
const REVIEWS = `{ reviews { totalCount nodes { ${PARTS} } } }`;

interface Listed {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly nodes: readonly {
    readonly id: string;
    readonly status: string;
    readonly values: Record<string, unknown>;
    readonly customer: { readonly id: string } | null;
    readonly matches: readonly { readonly id: string }[];
    readonly submittedBy: object | null;
  }[];
}

async function list(token = server.token, page: object = {}): Promise<Listed> {
  const variables = { formId: form.id, ...page };
  return (await server.ask<{ submissions: Listed }>(LIST, variables, { token })).submissions;
}

const reviews = async (token = server.token) => (await server.ask<{ reviews: Listed }>(REVIEWS, {}, { token })).reviews;

type RoleOf = readonly [object, Readonly<Record<string, FieldAccess>>?];
const signIn = async (...roles: readonly RoleOf[]) =>
  server.signInAs(await Promise.all(roles.map(([parts, entries]) => makeRole(server, parts, entries))));
const inCity = (city: string) => ({ rowScope: { '==': [{ var: 'city' }, city] } });

describe('the answers to a form', () => {
  test('are told newest first, with what became of them', async () => {
    await answerForm(server, form, { name: 'An', city: 'east', phone: '13800138000', likes: ['art', 'tea'] });
    await answerForm(server, form, { name: 'Ann', city: 'west', phone: '13800138000' });
    const { totalCount, nodes } = await list();
    const [{ customers }] = [
      await server.ask<{ customers: { nodes: { id: string }[] } }>('{ customers { nodes { id } } }'),
    ];
    const an = customers.nodes[0]!;
    expect([totalCount, nodes.length]).toEqual([2, 2]);
    expect(nodes).toMatchObject([
      { status: 'REVIEW', values: { name: 'Ann', likes: null }, customer: null, matches: [an], submittedBy: null },
      {
        status: 'SAVED',
        formName: 'Form',
        formVersion: 1,
        values: { name: 'An', phone: '+8613800138000', mail: null, likes: ['tea', 'art'] },
        customer: an,
        matches: [],
      },
    ]);
  });

  test('are told page by page, each once', async () => {
    const sent: string[] = [];
    for (const name of ['a', 'b', 'c']) sent.unshift(await answerForm(server, form, { name }));
    const first = await list(server.token, { first: 2 });
    expect([first.totalCount, first.pageInfo.hasNextPage]).toEqual([3, true]);
    const last = await list(server.token, { first: 2, after: first.pageInfo.endCursor });
    expect(last.pageInfo.hasNextPage).toBe(false);
    expect([...first.nodes, ...last.nodes].map(({ id }) => id)).toEqual(sent);
    const other = await openForm(server, ['name']);
    expect(await refusalOf(server, LIST, { formId: other.id, after: first.pageInfo.endCursor })).toBe(
      'VALIDATION_FAILED, after INVALID',
    );
  });

  test('are of no form that there is not', async () => {
    for (const formId of ['x', '018f0000-0000-7000-8000-000000000000'])
      expect(await refusalOf(server, LIST, { formId })).toBe('NOT_FOUND');
  });

  test('name who filled them, where somebody was signed in', async () => {
    await saveCustomer(server, { formId: form.id, values: { name: 'An' } });
    expect((await list()).nodes).toMatchObject([{ status: 'SAVED', submittedBy: { name: expect.any(String) } }]);
  });
});

describe('P01 of an answer a viewer is shown', () => {
  test('what they may see of its customer: hidden fields absent, masked ones masked', async () => {
    await answerForm(server, form, { name: 'An', city: 'east', phone: '13800138000', income: 7 });
    const token = await signIn([{}, { income: 'HIDDEN', phone: 'MASKED' }]);
    const [answer] = (await list(token)).nodes;
    expect(answer!.values).toEqual({ name: 'An', city: 'east', phone: '138****8000', mail: null, likes: null });
  });

  test('nothing where its customer is in no scope, and it is not counted', async () => {
    await answerForm(server, form, { name: 'An', city: 'east' });
    await answerForm(server, form, { name: 'Bo', city: 'west' });
    const { totalCount, nodes } = await list(await signIn([inCity('east')]));
    expect([totalCount, nodes.map(({ values }) => values['name'])]).toEqual([1, ['An']]);
  });

  test('each by the roles that count on its customer', async () => {
    await answerForm(server, form, { name: 'An', city: 'east', income: 1 });
    await answerForm(server, form, { name: 'Bo', city: 'west', income: 2 });
    const token = await signIn([inCity('east')], [inCity('west'), { income: 'HIDDEN' }]);
    expect((await list(token)).nodes.map(({ values }) => [values['name'], values['income']])).toEqual([
      ['Bo', undefined],
      ['An', 1],
    ]);
  });

  test('nothing of fields that are archived, while they are', async () => {
    await answerForm(server, form, { name: 'An', mail: 'an@example.com' });
    await server.ask('mutation { archiveField(key: "mail") { key } }');
    expect((await list()).nodes[0]!.values).not.toHaveProperty('mail');
    await server.ask('mutation { restoreField(key: "mail") { key } }');
    expect((await list()).nodes[0]!.values).toMatchObject({ mail: 'an@example.com' });
  });

  test('a question that a rule hid as one that was left empty', async () => {
    const rich = { '>': [{ var: 'income' }, 10] };
    const id = await publishedForm(server, layoutOf({ field: 'income' }, { field: 'vip', visibleWhen: rich }));
    await saveCustomer(server, { formId: id, values: { income: 1 } });
    await saveCustomer(server, { formId: id, values: { income: 20 } });
    const token = await signIn([{}, { income: 'HIDDEN' }]);
    expect((await list(token, { formId: id })).nodes.map(({ values }) => values)).toEqual([
      { vip: null },
      { vip: null },
    ]);
  });
});

describe('an answer that waits', () => {
  beforeEach(async () => {
    await saveCustomer(server, { values: { name: 'East', city: 'east', phone: '13800138000' } });
    await saveCustomer(server, { values: { name: 'West', city: 'west', mail: 'a@example.com' } });
    await answerForm(server, form, {
      name: 'An',
      city: 'east',
      phone: '13800138000',
      mail: 'a@example.com',
      income: 5,
    });
  });

  test('is told with every customer whom it may be of', async () => {
    const { totalCount, nodes } = await reviews();
    expect([totalCount, nodes[0]!.matches.length, nodes[0]!.values]).toMatchObject([1, 2, { name: 'An', income: 5 }]);
    expect((await list()).nodes.map(({ status }) => status)).toEqual(['REVIEW']);
  });

  test.each([
    ['sees one scope', [inCity('east')]],
    ['sees several scopes', [inCity('east')], [inCity('west')]],
    ['sees everybody, and may not read a field that it was matched by', [{}, { phone: 'MASKED' }]],
    [
      'may read those fields by two roles, and by none of them both',
      [{}, { phone: 'HIDDEN' }],
      [{}, { mail: 'HIDDEN' }],
    ],
    ['reads them in one scope alone', [{}, { phone: 'HIDDEN' }], [inCity('east')]],
  ] as [string, ...RoleOf[]][])('is nothing to who %s', async (_, ...roles) => {
    const token = await signIn(...roles);
    for (const { totalCount, nodes } of [await reviews(token), await list(token)])
      expect([totalCount, nodes]).toEqual([0, []]);
  });

  test('is told without what is hidden, by the roles that see everybody alone', async () => {
    const token = await signIn([{}, { income: 'HIDDEN' }], [inCity('east')]);
    expect((await reviews(token)).nodes[0]!.values).toEqual({
      name: 'An',
      city: 'east',
      phone: '+8613800138000',
      mail: 'a@example.com',
      likes: null,
    });
  });

  test('is of nobody any more who has another value by now', async () => {
    const before = (await reviews()).nodes[0]!.matches;
    const [west] = await server.database.source.query<{ id: string; version: number }[]>(
      `select id, version from customer order by id desc limit 1`,
    );
    await saveCustomer(server, { ...west, values: { mail: 'other@example.com' } });
    expect((await reviews()).nodes[0]!.matches).toEqual(before.filter(({ id }) => id !== west!.id));
  });

  test('is matched by what its form names', async () => {
    const byName = await openForm(server, ['name', 'phone'], { matchOn: ['name'] });
    await answerForm(server, byName, { name: 'East', phone: '13800138000' });
    const token = await signIn([{}, { phone: 'HIDDEN' }]);
    const { nodes } = await list(token, { formId: byName.id });
    expect(nodes).toMatchObject([{ status: 'REVIEW', values: { name: 'East' }, matches: [{}] }]);
  });
});

describe('reading a sensitive answer', () => {
  let before = 0;
  const noted = async () => {
    const rows = await server.database.source.query<object[]>(
      `select channel, customer_ids as ids, field_keys as keys from sensitive_read where channel = 'answer' order by id`,
    );
    return rows.slice(before);
  };
  beforeEach(async () => {
    before = 0;
    before = (await noted()).length;
  });

  test('P62 is noted at its customer', async () => {
    await answerForm(server, form, { name: 'An', income: 5 });
    const { nodes } = await list();
    expect(await noted()).toEqual([{ channel: 'answer', ids: [nodes[0]!.customer!.id], keys: ['income'] }]);
  });

  test('is noted at each customer whom it may be of, and not by who is shown a mask', async () => {
    const { customer } = await saveCustomer(server, { values: { name: 'An', phone: '13800138000' } });
    await answerForm(server, form, { name: 'An', phone: '13800138000', income: 5 });
    await reviews(await signIn([{}, { income: 'MASKED' }]));
    expect(await noted()).toEqual([]);
    await reviews();
    expect(await noted()).toEqual([{ channel: 'answer', ids: [customer.id], keys: ['income'] }]);
  });
});
