import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名' },
    { key: 'card', type: 'TEXT', label: '证件' },
    { key: 'amount', type: 'NUMBER', label: '金额' },
    { key: 'vip', type: 'BOOLEAN', label: '会员' },
    { key: 'born', type: 'DATE', label: '生日' },
    { key: 'seen', type: 'DATETIME', label: '到店' },
    { key: 'phone', type: 'PHONE', label: '电话' },
    { key: 'level', type: 'SELECT', label: '等级', options: [{ key: 'gold', label: '金' }] },
    { key: 'likes', type: 'MULTI_SELECT', label: '喜好', options: [{ key: 'tea', label: '茶' }] },
  ]);
});
afterAll(() => server.close());

const SAVE =
  'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id version values } entered { key } left { key } } }';

async function customers(): Promise<number> {
  return (await server.ask<{ customers: { totalCount: number } }>('{ customers { totalCount } }')).customers.totalCount;
}

async function codeOf(query: string, variables: object): Promise<unknown> {
  const { errors } = await server.call(query, variables);
  return errors?.[0]?.extensions.code;
}

/** The codes of the issues of a customer that is not accepted. */
async function issuesOf(values: object): Promise<unknown> {
  const { errors } = await server.call(SAVE, { input: { values } });
  const issues = errors?.[0]?.extensions['issues'] as { path: string; code: string }[] | undefined;
  return issues?.map(({ path, code }) => `${path} ${code}`);
}

/** Sends a body as it is written, which no JSON library would write. */
async function sendRaw(body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
    body,
  });
  return { status: response.status, text: await response.text() };
}

const saveOf = (values: string): string =>
  `{"query":${JSON.stringify(SAVE)},"variables":{"input":{"values":${values}}}}`;

describe('P31 P35: hostile keys and labels', () => {
  const marks = [
    `a'b`,
    'a"b',
    'a\\b',
    'a::text',
    "a->>'b'",
    '$.a',
    'a[*]',
    'a?',
    'a@b',
    'a;b',
    'a--b',
    'a\u0000b',
    '😀',
  ];

  test.each(marks)('%j is no key of a field, a segment or an option', async (key) => {
    const field = 'mutation ($input: FieldInput!) { createField(input: $input) { key } }';
    expect(await codeOf(field, { input: { key, type: 'TEXT', label: 'x' } })).toBe('VALIDATION_FAILED');
    const options = [{ key, label: 'x' }];
    if (key !== 'a--b') {
      expect(await codeOf(field, { input: { key: 'fine', type: 'SELECT', label: 'x', options } })).toBe(
        'VALIDATION_FAILED',
      );
    }
    const segment = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }';
    expect(await codeOf(segment, { input: { key, name: 'x', rule: true } })).toBe('VALIDATION_FAILED');
  });

  test.each(marks.filter((mark) => !mark.includes('\u0000')))(
    '%j is a label like any other, from the field to the sentence of a rule',
    async (label) => {
      await server.ask('mutation ($l: String!) { updateField(key: "amount", input: { label: $l }) { version } }', {
        l: label,
      });
      const { previewRule } = await server.ask<{ previewRule: { text: string } }>(
        'query ($rule: Rule!) { previewRule(rule: $rule) { text } }',
        { rule: { '>': [{ var: 'amount' }, 1] } },
      );
      expect(previewRule.text).toContain(label);
      await saveCustomer(server, { values: { amount: 2, name: label } });
      const { customers: found } = await server.ask<{ customers: { nodes: { values: { name: string } }[] } }>(
        'query ($q: String!) { customers(search: $q, sort: [{ field: "amount", descending: true }]) { nodes { values } } }',
        { q: label },
      );
      expect(found.nodes.some(({ values }) => values.name === label)).toBe(true);
    },
  );
});

describe('P32: words outside of their list', () => {
  test.each([
    ['a direction', '{ customers(sort: [{ field: "name", descending: "desc; drop table customer" }]) { totalCount } }'],
    ['a type of field', 'mutation { createField(input: { key: "x", type: TEXT_OR_1, label: "x" }) { key } }'],
  ])('%s', async (_, query) => {
    expect(await server.call(query)).toMatchObject({ status: 400 });
  });

  test.each([
    '{"or 1=1":[{"var":"vip"},true]}',
    '{"== ":[{"var":"name"},"x"]}',
    '{"__proto__":[],"constructor":[1]}',
    '{"toString":[]}',
  ])('the operator of %s', async (filter) => {
    const query = 'query ($f: Rule) { customers(filter: $f) { totalCount } }';
    expect((await sendRaw(`{"query":"${query}","variables":{"f":${filter}}}`)).text).toContain('RULE_INVALID');
  });
});

describe('P33: another type than is expected', () => {
  test.each([[{ name: { $ne: null } }], [{ name: ['x'] }], [{ name: true }], [{ name: 5 }]])('%j', async (values) => {
    const before = await customers();
    expect(await issuesOf(values)).toEqual(['name WRONG_TYPE']);
    expect(await customers()).toBe(before);
  });

  test.each([{ id: { $ne: '' } }, { id: ['x'] }, { id: true }])('an id that is %j', async (variables) => {
    expect((await server.call('query ($id: ID!) { customer(id: $id) { id } }', variables)).status).toBe(400);
  });

  test('P27: columns that are no fields are not written', async () => {
    expect(await issuesOf({ name: 'x', version: 9, created_at: '2000-01-01', 'f_name" = 1; --': 1 })).toHaveLength(3);
    expect(await server.call(SAVE, { input: { values: [] } })).not.toMatchObject({ errors: undefined });
  });
});

test('P34: a hostile value at any depth of a filter is a value', async () => {
  const hostile = `x' or '1'='1`;
  let filter: object = { '==': [{ var: 'name' }, hostile] };
  for (let depth = 0; depth < 13; depth++) filter = { and: [{ or: [filter] }] };
  const found = await server.ask<{ customers: { totalCount: number } }>(
    'query ($f: Rule) { customers(filter: $f) { totalCount } }',
    { f: filter },
  );
  expect(found.customers.totalCount).toBe(0);
});

describe('P98: what Postgres cannot keep', () => {
  test.each(['a\\u0000b', '\\ud800', 'x\\udfff'])('%s in a text, a key, an option, a label', async (escaped) => {
    for (const body of [
      saveOf(`{"name":"${escaped}"}`),
      saveOf(`{"${escaped}":1}`),
      saveOf(`{"level":"${escaped}"}`),
      saveOf(`{"likes":["${escaped}"]}`),
      `{"query":"mutation($l:String!){createField(input:{key:\\"x\\",type:TEXT,label:$l}){key}}","variables":{"l":"${escaped}"}}`,
      `{"query":"query($s:String!){customers(search:$s){totalCount}}","variables":{"s":"${escaped}"}}`,
      `{"query":"query($f:Rule){customers(filter:$f){totalCount}}","variables":{"f":{"==":[{"var":"name"},"${escaped}"]}}}`,
    ]) {
      const { status, text } = await sendRaw(body);
      expect({ body, status, internal: text.includes('INTERNAL') }).toEqual({
        body,
        status: expect.toSatisfy((code: number) => code < 500) as number,
        internal: false,
      });
    }
  });
});

describe('P99: numbers and what looks like them', () => {
  test('are kept exactly, or refused', async () => {
    const values = { amount: 0.1 + 0.2, card: '110105199001011234', phone: '010-12345678', name: '007' };
    const { customer } = await saveCustomer(server, { values });
    expect(customer.values).toMatchObject({ ...values, phone: '+861012345678' });
  });

  test('a whole number beyond what a number can hold', async () => {
    expect((await sendRaw(saveOf('{"amount":9007199254740993}'))).text).toContain('"path":"amount"');
  });
});

test.each(['NaN', 'Infinity', '-Infinity', '1e400', '1e131071', '"NaN"', '"Infinity"'])('P100: %s', async (written) => {
  const before = await customers();
  const { status, text } = await sendRaw(saveOf(`{"amount":${written}}`));
  expect(status).toBeLessThan(500);
  expect(text).toMatch(/BAD_REQUEST|VALIDATION_FAILED/);
  expect(await customers()).toBe(before);
});

test('P100: -0 is 0', async () => {
  const { text } = await sendRaw(saveOf('{"amount":-0}'));
  expect(text).toContain('"amount":0');
});

describe('P101: days and instants that do not exist', () => {
  test.each(['0000-01-01', '10000-01-01', '294277-01-01', '2025-02-30', '2025-2-3', '2025-13-01'])(
    '%s',
    async (day) => {
      expect(await issuesOf({ born: day })).toEqual(['born INVALID']);
      expect(await issuesOf({ seen: `${day}T00:00:00Z` })).toEqual(['seen INVALID']);
      const filter = { '==': [{ var: 'born' }, day] };
      expect(await codeOf('query ($f: Rule) { customers(filter: $f) { totalCount } }', { f: filter })).toBe(
        'RULE_INVALID',
      );
    },
  );

  test('the last day of all is one', async () => {
    const { customer } = await saveCustomer(server, { values: { born: '9999-12-31' } });
    expect(customer.values['born']).toBe('9999-12-31');
  });
});

describe('P102: one character or several', () => {
  test('composed and decomposed are one value', async () => {
    const { customer } = await saveCustomer(server, { values: { name: 'cafe\u0301' } });
    expect(customer.values['name']).toBe('caf\u00E9');
    const found = await server.ask<{ customers: { nodes: { id: string }[] } }>(
      'query ($f: Rule) { customers(filter: $f) { nodes { id } } }',
      { f: { '==': [{ var: 'name' }, 'cafe\u0301'] } },
    );
    expect(found.customers.nodes).toEqual([{ id: customer.id }]);
  });

  test('lengths are counted in code points, alike wherever they are checked', async () => {
    await server.ask('mutation { updateField(key: "card", input: { validation: { maxLength: 5 } }) { version } }');
    const family = '👨‍👩‍👧';
    expect((await saveCustomer(server, { values: { card: family } })).customer.values['card']).toBe(family);
    expect(await issuesOf({ card: `${family}x` })).toEqual(['card TOO_LONG']);
  });
});

describe('P110: keys that are equal', () => {
  test('twice in one object', async () => {
    const before = await customers();
    expect((await sendRaw(saveOf('{"name":"first","name":"second"}'))).status).toBe(400);
    expect(await customers()).toBe(before);
  });

  test.each([' name', 'name ', 'NAME', 'ｎａｍｅ'])('%j is not “name”', async (key) => {
    expect(await issuesOf({ [key]: 'x' })).toEqual([`${key} UNKNOWN_FIELD`]);
  });

  test('names that Postgres would cut to the same are too long', async () => {
    const field = 'mutation ($input: FieldInput!) { createField(input: $input) { key } }';
    for (const end of ['a', 'b'])
      expect(await codeOf(field, { input: { key: `${'k'.repeat(63)}${end}`, type: 'TEXT', label: 'x' } })).toBe(
        'VALIDATION_FAILED',
      );
  });
});

describe('P107: sizes', () => {
  test('a value beyond the longest, a body beyond the largest', async () => {
    expect(await issuesOf({ name: 'x'.repeat(100_001) })).toEqual(['name TOO_LONG']);
    expect((await sendRaw(saveOf(`{"name":"${'x'.repeat(1_100_000)}"}`))).status).toBe(413);
  });

  test('a choice of a thousand options, and not of one more', async () => {
    const options = Array.from({ length: 1001 }, (_, index) => ({ key: `o${index}`, label: `选项 ${index}` }));
    const field = 'mutation ($input: FieldInput!) { createField(input: $input) { options { key } } }';
    const input = { key: 'wide', type: 'SELECT', label: '多', options };
    const { errors } = await server.call(field, { input });
    expect(errors?.[0]?.extensions['issues']).toMatchObject([{ path: 'options', code: 'TOO_LONG' }]);
    const made = await server.ask<{ createField: { options: object[] } }>(field, {
      input: { ...input, options: options.slice(1) },
    });
    expect(made.createField.options).toHaveLength(1000);
  });

  test('a customer whose values do not fit into one row is refused whole', async () => {
    const keys = Array.from({ length: 420 }, (_, index) => `wide_${index}`);
    await createFields(
      server,
      keys.map((key) => ({ key, type: 'TEXT', label: key })),
    );
    // Too short to be stored elsewhere, too long for all of them to fit.
    const values = Object.fromEntries(keys.map((key, index) => [key, `${index}-abcdefghijklmnopq`]));
    const before = await customers();
    const { errors } = await server.call(SAVE, { input: { values } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'customerBytes', max: 8160 });
    expect(await customers()).toBe(before);
  }, 90_000);
});
