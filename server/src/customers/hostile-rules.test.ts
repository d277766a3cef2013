import { checkRule, eventsIn, eventsKey, ruleLimits, segmentsKey, type Row, type Rule } from '@kequn/rules';
import {
  arbitraryRule,
  suiteCatalogue,
  suiteEvents,
  suiteFields,
  suiteMoment,
  suites,
  suiteSegments,
  suiteUsers,
  suiteViewer,
} from '@kequn/rules/suites';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activeSegment, createFields, saveCustomer } from '../testing/calls.ts';
import { admin, startTestServer, type Answer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock: { now: () => Promise.resolve(suiteMoment.now) } });
  await createFields(
    server,
    suiteFields.map(({ key, type, label, options }) => ({
      key,
      type,
      label,
      ...(options.length > 0 && { options: options.map((option) => ({ key: option.key, label: option.label })) }),
    })),
  );
  for (const [id, name] of suiteUsers)
    await server.database.source.query(
      `insert into app_user (id, email, name, password_hash) select $1, $2, $3, password_hash from app_user limit 1`,
      [id, `${id}@example.com`, name],
    );
  await server.database.source.query('update app_user set attributes = $1 where email = $2', [
    suiteViewer.attributes,
    admin.email,
  ]);
  for (const { key, label, properties } of suiteEvents.values()) {
    const input = {
      key,
      label,
      properties: properties.map((each) => ({ key: each.key, type: each.type, label: each.label })),
    };
    await server.ask('mutation ($input: EventTypeInput!) { saveEventType(input: $input) { key } }', { input });
  }
  for (const key of suiteSegments.keys()) {
    await createFields(server, [{ key: flagOf(key), type: 'BOOLEAN', label: key }]);
    await activeSegment(server, key, { '==': [{ var: flagOf(key) }, true] });
  }
});
afterAll(() => server.close());

/** The field that says whether a customer of the suites is in a segment. */
function flagOf(segmentKey: string): string {
  return `is_${segmentKey}`;
}

/** Enters a customer of the suites, with what it did and the segments it is in; gives its id. */
async function enter(row: Row): Promise<string> {
  const { [eventsKey]: _events, [segmentsKey]: segments, ...values } = row;
  const flags = Array.isArray(segments) ? segments.map((key) => [flagOf(key as string), true] as const) : [];
  const { id } = (await saveCustomer(server, { values: { ...values, ...Object.fromEntries(flags) } })).customer;
  const events = [...suiteEvents.keys()].flatMap((type) =>
    eventsIn(row, type).map(({ at, amount = null, ...properties }) => ({
      customerId: id,
      type,
      at,
      amount,
      properties,
    })),
  );
  await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', { events });
  return id;
}

const SAVE = 'mutation ($rule: Rule!) { saveSegment(input: { key: "hostile", name: "x", rule: $rule }) { id } }';
const COUNT = 'query ($rule: Rule) { customers(filter: $rule, first: 500) { totalCount nodes { id } } }';

interface Found {
  readonly customers: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] };
}

/** What a refused answer says is wrong: code and place of each problem. */
function problemsOf({ errors }: Answer<unknown>): readonly string[] {
  const { code, issues } = errors?.[0]?.extensions ?? { code: 'none' };
  const told = (issues ?? []) as readonly { readonly path: string; readonly code: string }[];
  return [code, ...told.map((issue) => `${issue.code} ${issue.path}`)];
}

async function refusedOnSave(rule: unknown): Promise<readonly string[]> {
  return problemsOf(await server.call(SAVE, { rule }));
}

/** Sends a body as it is written, which no JSON library would write. */
async function sendRaw(query: string, variables: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
    body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
  });
  return { status: response.status, text: await response.text() };
}

async function countOf(rule: Rule): Promise<number> {
  return (await server.ask<Found>(COUNT, { rule })).customers.totalCount;
}

describe('P37: what is no operation is refused on save, with its place', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['{"===":[1,1]}', 'UNKNOWN_OPERATION '],
    ['{"method":["a","toString"]}', 'UNKNOWN_OPERATION '],
    ['{"log":"x"}', 'UNKNOWN_OPERATION '],
    ['{"Math.max":[1,2]}', 'UNKNOWN_OPERATION '],
    ['{"toString":[]}', 'UNKNOWN_OPERATION '],
    ['{"hasOwnProperty":["x"]}', 'UNKNOWN_OPERATION '],
    ['{"constructor":[1]}', 'FORBIDDEN_KEY '],
    ['{"__proto__":[1]}', 'FORBIDDEN_KEY '],
    ['{"and":[true],"or":[true]}', 'NOT_A_RULE '],
    ['{"and":[{"var":"vip"},{"!":[{"missing":["vip"]}]}]}', 'UNKNOWN_OPERATION /and/1/!/0'],
  ];
  test.each(cases)('P37 %s', async (rule, problem) => {
    const { text } = await sendRaw(SAVE, `{"rule":${rule}}`);
    expect(problemsOf(JSON.parse(text) as Answer<unknown>)).toEqual(['RULE_INVALID', problem]);
  });
});

test.each(['', '__proto__', 'constructor.name', 'toString', 'length', '0', 'city.__proto__', 'f_city', 'id'])(
  'P38: %j is no field',
  async (key) => {
    expect(await refusedOnSave({ '==': [{ var: key }, 'x'] })).toEqual(['RULE_INVALID', 'UNKNOWN_FIELD /==/0/var']);
  },
);

test.each(['globalThis.polluted = 1', '${globalThis.polluted = 1}', '{{constructor.constructor("polluted = 1")()}}'])(
  'P39: %s is a text, not code',
  async (code) => {
    const { customer } = await saveCustomer(server, { values: { city: code } });
    const { customers } = await server.ask<Found>(COUNT, { rule: { '==': [{ var: 'city' }, code] } });
    expect(customers.nodes).toEqual([{ id: customer.id }]);
    expect(globalThis).not.toHaveProperty('polluted');
  },
);

describe('P40: names of the prototype', () => {
  const FIELD =
    'mutation ($v: JSON) { createField(input: { key: "p40", type: TEXT, label: "x", validation: $v }) { key } }';
  const CUSTOMER = 'mutation ($v: JSON!) { saveCustomer(input: { values: $v }) { customer { id } } }';
  const hostile = ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}'];
  const places: readonly (readonly [string, string, (value: string) => string])[] = [
    ['a rule', COUNT, (value) => `{"rule":${value}}`],
    ['the operands of a rule', COUNT, (value) => `{"rule":{"and":[${value}]}}`],
    ['a list in a rule', COUNT, (value) => `{"rule":{"in":[{"var":"city"},[${value}]]}}`],
    ['the values of a customer', CUSTOMER, (value) => `{"v":${value}}`],
    ['one value', CUSTOMER, (value) => `{"v":{"city":${value}}}`],
    ['a validation', FIELD, (value) => `{"v":${value}}`],
  ];
  test.each(places)('P40 in %s', async (_place, query, variables) => {
    for (const value of hostile) {
      const { status, text } = await sendRaw(query, variables(value));
      expect({ value, status: status < 500, text }).toMatchObject({ status: true });
      expect(text).toMatch(/BAD_REQUEST|VALIDATION_FAILED|RULE_INVALID/);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('P57: patterns', () => {
  test('P57 a catastrophic one in a field is matched in a time that ends', async () => {
    const validation = { pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' };
    await createFields(server, [{ key: 'code', type: 'TEXT', label: '编号', validation }]);
    const answer = await server.call(
      'mutation ($v: JSON!) { saveCustomer(input: { values: $v }) { customer { id } } }',
      {
        v: { code: 'a'.repeat(1_000) },
      },
    );
    expect(problemsOf(answer)).toEqual(['VALIDATION_FAILED', 'PATTERN code']);
  });

  test.each(['regex', 'matches', 'match', '~', 'like'])('P57 there is no operation %s', async (key) => {
    expect(await refusedOnSave({ [key]: [{ var: 'city' }, '(a+)+$'] })).toEqual(['RULE_INVALID', 'UNKNOWN_OPERATION ']);
  });

  test.each(['in', 'starts_with', 'ends_with'])('P57 %s takes a pattern as it is written', async (key) => {
    const { customer } = await saveCustomer(server, { values: { city: '.*(a+)+$%_\\' } });
    for (const [part, isFound] of [
      ['.*(a+)+$%_\\', true],
      ['.*', key !== 'ends_with'],
      ['%', key === 'in'],
      ['^', false],
    ] as const) {
      const operands = key === 'in' ? [part, { var: 'city' }] : [{ var: 'city' }, part];
      const { customers } = await server.ask<Found>(COUNT, { rule: { [key]: operands } });
      expect({ part, found: customers.nodes.some(({ id }) => id === customer.id) }).toEqual({ part, found: isFound });
    }
  });
});

describe('P58: rules that are too large', () => {
  const condition = { '>': [{ var: 'charges' }, 1] };
  const nested = (depth: number, inner: object): object => (depth === 0 ? inner : { '!': [nested(depth - 1, inner)] });
  const listed = (length: number): object => ({ in: [{ var: 'tenure' }, Array.from({ length }, (_, i) => i)] });
  const { ruleNesting, ruleConditions, ruleListLiterals } = ruleLimits;

  test.each([
    ['nested too deep', nested(ruleNesting, condition), /^LIMIT (\/!\/0)+/],
    [
      'of too many conditions',
      { or: Array.from({ length: ruleConditions + 1 }, () => condition) },
      /^LIMIT \/or\/1000$/,
    ],
    ['with too long a list', listed(ruleListLiterals + 1), /^LIMIT \/in\/1$/],
    ['with a list of 120,000', listed(120_000), /^LIMIT \/in\/1$/],
    ['too many bytes', { '==': [{ var: 'city' }, '中'.repeat(90_000)] }, /^LIMIT $/],
    ['reduce in reduce', { reduce: [{ reduce: [[1], 1, 0] }, 1, 0] }, /^UNKNOWN_OPERATION $/],
    ['merge in merge', { merge: [{ merge: [[1], [2]] }] }, /^UNKNOWN_OPERATION $/],
  ])('P58 %s', async (_what, rule, place) => {
    const [told, problem] = await refusedOnSave(rule);
    expect(told).toBe('RULE_INVALID');
    expect(problem).toMatch(place);
  });

  test('P58 20,000 negations do not reach the check', async () => {
    const { status } = await sendRaw(SAVE, `{"rule":${'{"!":['.repeat(20_000)}true${']}'.repeat(20_000)}}`);
    expect(status).toBe(400);
  });

  test('P58 the largest of each kind is answered', async () => {
    const conditions = Array.from({ length: ruleConditions }, (_, i) => ({ '==': [{ var: 'charges' }, i] }));
    for (const rule of [nested(ruleNesting - 2, condition), { or: conditions }, listed(ruleListLiterals)])
      expect(await server.call(COUNT, { rule })).not.toHaveProperty('errors');
  });
});

/** The cases of the suites whose customers can be saved as they stand: no system field, no text that is trimmed. */
function suiteCases(): readonly { readonly rule: Rule; readonly rows: readonly (readonly [Row, boolean])[] }[] {
  const isWritable = ([row]: readonly [Row, boolean]) =>
    !('created_at' in row) && !('owner' in row) && row['city'] !== '上海 ';
  return Object.values(suites)
    .flat()
    .map(({ rule, rows }) => ({ rule, rows: rows.filter(isWritable) }));
}

test('P104: the suites of the rules are answered alike through the API', async () => {
  const ids = new Map<string, string>();
  for (const { rule, rows } of suiteCases()) {
    for (const [row] of rows) {
      const key = JSON.stringify(row);
      if (!ids.has(key)) ids.set(key, await enter(row));
    }
    const { customers } = await server.ask<Found>(COUNT, { rule });
    const found = new Set(customers.nodes.map(({ id }) => id));
    const answers = rows.map(([row]) => [row, found.has(ids.get(JSON.stringify(row))!)]);
    expect({ rule, answers }).toEqual({ rule, answers: rows });
  }
}, 60_000);

test('P105: one value that is none any more fails no segment', async () => {
  const { customer } = await saveCustomer(server, { values: { charges: 7, contract: 'monthly', region: '440305' } });
  const store = (column: string, value: string) =>
    server.database.source.query(`update customer set ${column} = $1 where id = $2`, [value, customer.id]);
  await expect(store('f_charges', 'abc')).rejects.toThrow('invalid input syntax');
  await store('f_contract', 'weekly');
  await store('f_region', '999999');
  await store('f_charges', 'NaN');
  const rule = {
    or: [
      { '==': [{ var: 'contract' }, 'monthly'] },
      { within_region: [{ var: 'region' }, '440000'] },
      { '>': [{ '*': [{ var: 'charges' }, 2] }, 1] },
    ],
  };
  expect(await activeSegment(server, 'legacy', rule)).toMatchObject({ status: 'ACTIVE' });
  expect(await server.call('{ customers(first: 500) { nodes { id values } } }')).not.toHaveProperty('errors');
  await server.database.source.query('delete from customer where id = $1', [customer.id]);
});

test('P106: a rule and its negation divide the customers between them', async () => {
  const total = await countOf(true);
  await fc.assert(
    fc.asyncProperty(arbitraryRule, async (rule) => {
      fc.pre(checkRule({ '!': [rule] }, suiteCatalogue).ok);
      expect((await countOf(rule)) + (await countOf({ '!': [rule] }))).toBe(total);
    }),
    { numRuns: 60 },
  );
}, 60_000);
