import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerForm, openForm, type OpenForm } from '../testing/answer-calls.ts';
import { createFields } from '../testing/calls.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let form: OpenForm;
let address = 0;

const options = ['tea', 'art'].map((key) => ({ key, label: key }));
const keys = ['name', 'city', 'level', 'likes', 'vip', 'age', 'born', 'seen', 'stars', 'home', 'income', 'ill'];

beforeAll(async () => {
  server = await startTestServer({ trustsProxies: true });
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'level', type: 'SELECT', label: 'Level', options },
    { key: 'likes', type: 'MULTI_SELECT', label: 'Likes', options },
    { key: 'vip', type: 'BOOLEAN', label: 'VIP' },
    { key: 'age', type: 'NUMBER', label: 'Age' },
    { key: 'born', type: 'DATE', label: 'Born' },
    { key: 'seen', type: 'DATETIME', label: 'Seen' },
    { key: 'stars', type: 'RATING', label: 'Stars' },
    { key: 'home', type: 'REGION', label: 'Home' },
    { key: 'income', type: 'MONEY', label: 'Income', sensitive: true },
    { key: 'ill', type: 'BOOLEAN', label: 'Ill', sensitive: true },
    { key: 'gone', type: 'TEXT', label: 'Gone' },
  ]);
  await server.ask('mutation { archiveField(key: "gone") { key } }');
  form = await openForm(server, keys);
  const answers = Array.from({ length: 24 }, (_, n) => ({
    name: `n${n}`,
    city: n < 12 ? 'east' : 'west',
    level: n % 3 === 0 ? 'tea' : 'art',
    likes: n % 2 === 0 ? ['tea', 'art'] : ['art'],
    ...(n < 20 && { vip: n < 5 }),
    age: n,
    born: `20${String(n + 1).padStart(2, '0')}-01-01`,
    seen: `2026-01-01T00:00:${String(n).padStart(2, '0')}Z`,
    stars: (n % 5) + 1,
    home: n < 20 ? '110101' : '310101',
    income: 1_000 * n,
    ill: n < 9,
  }));
  for (const values of answers) await answerForm(server, form, values, `10.0.0.${(address += 1)}`);
});
afterAll(() => server.close());

const ASK = `query ($formId: ID!, $key: ID!) { answerDistribution(formId: $formId, fieldKey: $key) {
  answers filled bars { value count } ranges { from to count } } }`;

interface Told {
  readonly answers: number;
  readonly filled: number | null;
  readonly bars: readonly { readonly value: unknown; readonly count: number }[];
  readonly ranges: readonly { readonly from: unknown; readonly to: unknown; readonly count: number }[];
}

async function told(key: string, token = server.token): Promise<Told> {
  const variables = { formId: form.id, key };
  return (await server.ask<{ answerDistribution: Told }>(ASK, variables, { token })).answerDistribution;
}
const barsOf = async (key: string, token?: string) =>
  (await told(key, token)).bars.map(({ value, count }) => [value, count]);
const refusal = (key: string, token?: string, formId = form.id) => refusalOf(server, ASK, { formId, key }, token);

describe('what was answered to a question', () => {
  test.each([
    [
      'of one choice',
      'level',
      [
        ['art', 16],
        ['tea', 8],
      ],
    ],
    [
      'of several',
      'likes',
      [
        ['art', 24],
        ['tea', 12],
      ],
    ],
    [
      'of yes or no',
      'vip',
      [
        [false, 15],
        [true, 5],
      ],
    ],
    [
      'of regions',
      'home',
      [
        ['110101', 20],
        ['310101', 4],
      ],
    ],
    [
      'of ratings',
      'stars',
      [
        [1, 5],
        [2, 5],
        [3, 5],
        [4, 5],
        [5, 4],
      ],
    ],
  ])('%s is told by value, the most frequent first', async (_, key, bars) => {
    expect(await barsOf(key)).toEqual(bars);
  });

  test('of numbers is told in ranges of one width', async () => {
    const { answers, filled, ranges } = await told('age');
    expect([answers, filled, ranges.length]).toEqual([24, 24, 10]);
    expect(ranges[0]).toEqual({ from: 0, to: 2.3, count: 3 });
    expect(ranges.reduce((sum, { count }) => sum + count, 0)).toBe(24);
  });

  test('of days and instants in ranges between such', async () => {
    const days = (await told('born')).ranges;
    expect([days[0]!.from, days.at(-1)!.to]).toEqual(['2001-01-01', '2024-01-01']);
    const instants = (await told('seen')).ranges;
    expect([instants[0]!.from, instants.at(-1)!.to]).toEqual(['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:23.000Z']);
  });

  test('of text only by how many', async () => {
    expect(await told('name')).toEqual({ answers: 24, filled: 24, bars: [], ranges: [] });
    expect(await told('vip')).toMatchObject({ answers: 24, filled: 20 });
  });

  test('is over the answers that the viewer may see', async () => {
    const rowScope = { '==': [{ var: 'city' }, 'east'] };
    const token = await server.signInAs([await makeRole(server, { rowScope })]);
    expect(await told('level', token)).toMatchObject({ answers: 12, filled: 12 });
    expect(await barsOf('level', token)).toEqual([
      ['art', 8],
      ['tea', 4],
    ]);
  });

  test('is over those of whom one role reads the field', async () => {
    const east = await makeRole(server, { rowScope: { '==': [{ var: 'city' }, 'east'] } });
    const all = await makeRole(server, {}, { level: 'HIDDEN' });
    expect(await told('level', await server.signInAs([east, all]))).toMatchObject({ answers: 12 });
  });

  test('is not told of fields that the viewer does not read', async () => {
    const token = await server.signInAs([await makeRole(server, {}, { level: 'HIDDEN', age: 'MASKED' })]);
    expect([await refusal('level', token), await refusal('age', token)]).toEqual(['NOT_FOUND', 'FIELD_FORBIDDEN']);
    expect([await refusal('no'), await refusal('gone'), await refusal('age', undefined, 'x')]).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
    ]);
  });
});

describe('of a sensitive field', () => {
  test('no value is told that fewer than ten gave, nor how many are left over', async () => {
    expect(await told('ill')).toEqual({ answers: 24, filled: null, bars: [{ value: false, count: 15 }], ranges: [] });
  });

  test('no end is told that is of few, and no range of few', async () => {
    const { filled, ranges } = await told('income');
    expect(filled).toBe(null);
    expect([ranges.length, ranges[0], ranges.at(-1)]).toEqual([
      10,
      { from: 9_000, to: 9_500, count: 10 },
      { from: 13_500, to: 14_000, count: 10 },
    ]);
    expect(ranges.slice(1, -1).map(({ count }) => count)).toEqual(Array.from({ length: 8 }, () => 0));
  });
});

test('an answer from before its field became another is no value of it', async () => {
  await server.database.source.query(
    `update submission set "values" = jsonb_set("values", '{age}', '"old"') where "values" ->> 'age' = '3'`,
  );
  expect(await told('age')).toMatchObject({ answers: 24, filled: 23 });
  const LIST = 'query ($id: ID!) { submissions(formId: $id) { nodes { values } } }';
  const ages = async (token?: string) => {
    const by = token === undefined ? {} : { token };
    const { submissions } = await server.ask<{ submissions: { nodes: { values: { age: unknown } }[] } }>(
      LIST,
      { id: form.id },
      by,
    );
    return submissions.nodes.map(({ values }) => values.age);
  };
  expect(await ages()).toContain('old');
  const token = await server.signInAs([await makeRole(server, {}, { age: 'MASKED' })]);
  expect(await ages(token)).not.toContain('old');
});
