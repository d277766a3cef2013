import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FieldAccess } from '../access/role.ts';
import { answerForm, openForm, type OpenForm } from '../testing/answer-calls.ts';
import { createFields } from '../testing/calls.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let form: OpenForm;

beforeAll(async () => {
  server = await startTestServer({ trustsProxies: true });
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'phone', type: 'PHONE', label: 'Phone' },
    { key: 'age', type: 'NUMBER', label: 'Age' },
    { key: 'vip', type: 'BOOLEAN', label: 'VIP' },
    { key: 'home', type: 'REGION', label: 'Home' },
    { key: 'elsewhere', type: 'TEXT', label: 'Elsewhere' },
  ]);
  form = await openForm(server, ['name', 'city', 'phone', 'age', 'vip', 'home']);
  const answers = [
    { name: 'Ａnna 张', city: 'east', phone: '13800138000', age: 20, vip: true, home: '440305' },
    { name: 'Bo', city: 'west', phone: '13800138001', age: 30, vip: false, home: '440106' },
    { name: 'Cy', city: 'east', phone: '13800138002', age: 40, home: '110101' },
    { name: 'Anna', city: 'west', phone: '13800138000', age: 50 },
  ];
  for (const [at, values] of answers.entries()) await answerForm(server, form, values, `10.0.0.${at + 1}`);
  await server.database.source.query(
    `update submission set at = timestamptz '2026-01-01' + (interval '1 day') * (("values" ->> 'age')::int / 10)`,
  );
});
afterAll(() => server.close());

const LIST = `query ($formId: ID!, $matching: AnswerMatchInput, $first: Int, $after: String) {
  submissions(formId: $formId, matching: $matching, first: $first, after: $after) {
    totalCount pageInfo { endCursor } nodes { values } } }`;
const CHARTS = `query ($formId: ID!, $keys: [ID!]!, $matching: AnswerMatchInput) {
  answerDistributions(formId: $formId, fieldKeys: $keys, matching: $matching) { fieldKey answers bars { value count } regions { code count } } }`;

interface Listed {
  readonly totalCount: number;
  readonly pageInfo: { readonly endCursor: string };
  readonly nodes: readonly { readonly values: { readonly age: number } }[];
}

async function found(matching: object, token = server.token, page: object = {}): Promise<Listed> {
  const { submissions } = await server.ask<{ submissions: Listed }>(
    LIST,
    { formId: form.id, matching, ...page },
    { token },
  );
  return submissions;
}
const ages = async (matching: object, token?: string) =>
  (await found(matching, token)).nodes.map(({ values }) => values.age);
const refusal = (matching: object, token?: string) => refusalOf(server, LIST, { formId: form.id, matching }, token);
const signIn = async (...roles: readonly (readonly [object, Readonly<Record<string, FieldAccess>>?])[]) =>
  server.signInAs(await Promise.all(roles.map(([parts, entries]) => makeRole(server, parts, entries))));
const older = (age: number) => ({ filter: { '>': [{ var: 'age' }, age] } });
const inCity = (city: string) => ({ rowScope: { '==': [{ var: 'city' }, city] } });

describe('answers are found', () => {
  test('by a rule over what was answered', async () => {
    expect(await ages(older(20))).toEqual([50, 40, 30]);
    expect(await ages({ filter: { within_region: [{ var: 'home' }, '440000'] } })).toEqual([30, 20]);
    expect(await ages({ filter: { '==': [{ var: 'vip' }, null] } })).toEqual([50, 40]);
    expect(await ages({ filter: true })).toEqual([50, 40, 30, 20]);
  });

  test('by when they were sent, and by what became of them', async () => {
    expect(await ages({ from: '2026-01-04T00:00:00Z', to: '2026-01-06T00:00:00Z' })).toEqual([40, 30]);
    expect(await ages({ statuses: ['REVIEW'] })).toEqual([50]);
    expect(await ages({ statuses: ['SAVED', 'DISMISSED'] })).toEqual([40, 30, 20]);
    expect(await ages({ statuses: [] })).toEqual([]);
  });

  test('by a search, whatever case and width it is written in', async () => {
    expect(await ages({ search: 'anna' })).toEqual([50, 20]);
    expect(await ages({ search: 'ANNA 张' })).toEqual([20]);
    expect(await ages({ search: '138 0013 8001' })).toEqual([30]);
    expect(await ages({ search: '%' })).toEqual([]);
  });

  test('by all of it at once, counted and page by page', async () => {
    const matching = { ...older(10), search: 'e', statuses: ['SAVED'] };
    const { totalCount, nodes, pageInfo } = await found(matching, undefined, { first: 1 });
    expect([totalCount, nodes[0]!.values.age]).toEqual([3, 40]);
    const after = { first: 1, after: pageInfo.endCursor };
    expect((await found(matching, undefined, after)).nodes[0]!.values.age).toBe(30);
    expect(await refusalOf(server, LIST, { formId: form.id, matching: older(20), ...after })).toBe(
      'VALIDATION_FAILED, after INVALID',
    );
  });

  test('and told by charts, of several questions at once', async () => {
    const variables = { formId: form.id, keys: ['vip', 'home'], matching: older(20) };
    const { answerDistributions } = await server.ask<{ answerDistributions: object[] }>(CHARTS, variables);
    expect(answerDistributions).toEqual([
      { fieldKey: 'vip', answers: 3, bars: [{ value: false, count: 1 }], regions: [] },
      {
        fieldKey: 'home',
        answers: 3,
        bars: [
          { value: '110101', count: 1 },
          { value: '440106', count: 1 },
        ],
        regions: [
          { code: '110000', count: 1 },
          { code: '110101', count: 1 },
          { code: '440000', count: 1 },
          { code: '440100', count: 1 },
        ],
      },
    ]);
    const many = Array.from({ length: 51 }, () => 'vip');
    expect(await refusalOf(server, CHARTS, { ...variables, keys: many })).toBe('LIMIT_EXCEEDED');
  });
});

describe('P02 by a rule', () => {
  test('a hidden field is as one that does not exist, and a masked one is refused', async () => {
    const token = await signIn([{}, { age: 'HIDDEN', vip: 'MASKED' }]);
    expect(await refusal(older(20), token)).toBe('RULE_INVALID, />/0/var UNKNOWN_FIELD');
    expect(await refusal({ filter: { '>': [{ var: 'nowhere' }, 20] } }, token)).toBe(
      'RULE_INVALID, />/0/var UNKNOWN_FIELD',
    );
    expect(await refusal({ filter: { '==': [{ var: 'vip' }, true] } }, token)).toContain('FIELD_FORBIDDEN');
  });

  test('nothing is asked but what the form has asked', async () => {
    for (const key of ['elsewhere', 'created_at', 'owner'])
      expect(await refusal({ filter: { '!=': [{ var: key }, null] } })).toBe('RULE_INVALID, /!=/0/var UNKNOWN_FIELD');
    expect(await refusal({ filter: { some: [{ var: 'events.order' }, true] } })).toContain('RULE_INVALID');
  });

  test('answers are found of customers whom a role sees that reads what is asked', async () => {
    const token = await signIn([inCity('east')], [{}, { age: 'HIDDEN' }]);
    expect((await found({}, token)).totalCount).toBe(4);
    expect((await found(older(10), token)).totalCount).toBe(2);
  });
});

describe('P02 by a search', () => {
  test('nothing is found in a field that may not be read', async () => {
    const token = await signIn([{}, { name: 'MASKED' }]);
    expect((await found({ search: 'anna' }, token)).totalCount).toBe(0);
    expect((await found({ search: 'west' }, token)).totalCount).toBe(2);
  });

  test('by each role in what it reads of those whom it sees', async () => {
    const token = await signIn([inCity('east')], [inCity('west'), { name: 'HIDDEN' }]);
    expect((await found({ search: 'cy' }, token)).totalCount).toBe(1);
    expect((await found({ search: 'bo' }, token)).totalCount).toBe(0);
    expect((await found({ search: 'west' }, token)).totalCount).toBe(1);
  });
});

test('an answer of before its field became another is none, and makes no question fail', async () => {
  const set = (value: string) =>
    server.database.source.query(
      `update submission set "values" = jsonb_set("values", '{age}', $1::jsonb) where "values" ->> 'name' = 'Cy'`,
      [value],
    );
  for (const former of ['"old"', '["a"]', '{}', 'true']) {
    await set(former);
    expect((await found(older(10))).totalCount).toBe(3);
  }
  await set('40');
});
