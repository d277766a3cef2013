import { fieldTypes, type FieldType, type Json } from '@kequn/rules';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { upload } from '../testing/file-calls.ts';
import { admin, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let userId: string;
let fileId: string;

beforeAll(async () => {
  server = await startTestServer();
  userId = (await server.ask<{ me: { id: string } }>('{ me { id } }')).me.id;
});
afterAll(() => server.close());

/** What a field type promises over the API, from the value that is sent to the one that is answered. */
interface Promises {
  /** Sent and answered, in ascending order. */
  readonly accepted: readonly (readonly [sent: Json, answered: Json])[];
  readonly refused: readonly (readonly [sent: Json, code: string])[];
  readonly validation?: object;
}

const zones = ['440000', '440300', '440305'] as const;

const promises: Record<FieldType, Promises> = {
  TEXT: {
    accepted: [
      [' 陈六 ', '陈六'],
      ['e\u0301', 'é'],
      ['张三', '张三'],
    ].toSorted(([, a], [, b]) => new Intl.Collator('zh').compare(a!, b!)) as [Json, Json][],
    refused: [
      [5, 'WRONG_TYPE'],
      [['a'], 'WRONG_TYPE'],
      ['a\u0000', 'FORBIDDEN_CHARACTER'],
      ['\ud800', 'FORBIDDEN_CHARACTER'],
      ['中'.repeat(1_001), 'TOO_LONG'],
    ],
  },
  LONG_TEXT: {
    accepted: [
      ['a\r\nb\rc', 'a\nb\nc'],
      ['b'.repeat(20_000), 'b'.repeat(20_000)],
    ],
    refused: [
      [true, 'WRONG_TYPE'],
      ['b'.repeat(20_001), 'TOO_LONG'],
    ],
  },
  NUMBER: {
    accepted: [
      [-9007199254740991, -9007199254740991],
      [-0, 0],
      [0.1, 0.1],
      [0.30000000000000004, 0.30000000000000004],
      [9007199254740991, 9007199254740991],
    ],
    refused: [
      ['5', 'WRONG_TYPE'],
      [2 ** 53, 'TOO_LARGE'],
      [1e308, 'TOO_LARGE'],
      [-1e300, 'TOO_SMALL'],
    ],
  },
  MONEY: {
    accepted: [
      [0.07, 0.07],
      [19.99, 19.99],
      [9e11, 9e11],
    ],
    refused: [
      [0.005, 'TOO_MANY_DECIMALS'],
      [9e11 + 1, 'TOO_LARGE'],
      ['¥5', 'WRONG_TYPE'],
    ],
  },
  PERCENT: {
    accepted: [
      [-3, -3],
      [12.5, 12.5],
    ],
    refused: [['12%', 'WRONG_TYPE']],
  },
  RATING: {
    accepted: [
      [1, 1],
      [5, 5],
    ],
    refused: [
      [0, 'TOO_SMALL'],
      [6, 'TOO_LARGE'],
      [1.5, 'TOO_MANY_DECIMALS'],
    ],
  },
  BOOLEAN: {
    accepted: [
      [false, false],
      [true, true],
    ],
    refused: [
      ['true', 'WRONG_TYPE'],
      [1, 'WRONG_TYPE'],
    ],
  },
  DATE: {
    accepted: [
      ['0001-01-01', '0001-01-01'],
      [' 2024-02-29 ', '2024-02-29'],
      ['9999-12-31', '9999-12-31'],
    ],
    refused: [
      ['2025-02-30', 'INVALID'],
      ['0000-01-01', 'INVALID'],
      ['10000-01-01', 'INVALID'],
    ],
  },
  DATETIME: {
    accepted: [
      ['0001-01-01T00:00Z', '0001-01-01T00:00:00.000Z'],
      ['2026-11-23T09:02:03.0049+08:00', '2026-11-23T01:02:03.004Z'],
      ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ],
    refused: [
      ['2026-11-23T09:02:03', 'INVALID'],
      ['9999-12-31T23:59:59.999-01:00', 'INVALID'],
      [0, 'WRONG_TYPE'],
    ],
  },
  SELECT: {
    accepted: [
      ['gold', 'gold'],
      ['bronze', 'bronze'],
    ],
    refused: [
      ['Gold', 'NOT_AN_OPTION'],
      [['gold'], 'WRONG_TYPE'],
      ['retired', 'NOT_AN_OPTION'],
    ],
  },
  MULTI_SELECT: {
    accepted: [
      [['bronze', 'bronze'], ['bronze']],
      [
        ['bronze', 'gold'],
        ['gold', 'bronze'],
      ],
    ],
    refused: [
      ['gold', 'WRONG_TYPE'],
      [['gold', 5], 'WRONG_TYPE'],
      [['gold', 'silver'], 'NOT_AN_OPTION'],
      [['retired'], 'NOT_AN_OPTION'],
      [Array.from({ length: 201 }, () => 'gold'), 'TOO_LONG'],
    ],
  },
  EMAIL: {
    accepted: [
      ['Ann@Example.COM', 'ann@example.com'],
      ["o'neil+x@b.cn", "o'neil+x@b.cn"],
    ],
    refused: [
      ['ann@', 'INVALID'],
      ['ann@exa mple.com', 'INVALID'],
      [`${'a'.repeat(250)}@b.cn`, 'TOO_LONG'],
    ],
  },
  PHONE: {
    accepted: [
      ['+1 213 373 4253', '+12133734253'],
      ['010-6552 9988', '+861065529988'],
      ['138 1234 5678', '+8613812345678'],
    ],
    refused: [
      ['123', 'INVALID'],
      ['not a number', 'INVALID'],
      [13812345678, 'WRONG_TYPE'],
    ],
  },
  URL: {
    accepted: [
      ['http://a.cn', 'http://a.cn'],
      ['https://例子.中国/?q=<b>', 'https://例子.中国/?q=<b>'],
    ],
    refused: [
      ['javascript:alert(1)', 'INVALID'],
      ['data:text/html,x', 'INVALID'],
      ['//a.cn', 'INVALID'],
      [`https://a.cn/${'x'.repeat(2_000)}`, 'TOO_LONG'],
    ],
  },
  REGION: {
    accepted: zones.map((code) => [code, code]),
    refused: [
      ['44', 'INVALID'],
      ['000000', 'INVALID'],
      [440300, 'WRONG_TYPE'],
    ],
  },
  USER: {
    accepted: [],
    refused: [
      ['ann', 'INVALID'],
      ['018f0000-0000-7000-8000-000000000000', 'INVALID'],
    ],
  },
  FILE: {
    accepted: [],
    refused: [
      ['photo.png', 'INVALID'],
      ['018f0000-0000-7000-8000-000000000000', 'INVALID'],
    ],
  },
};

const SAVE = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { values } } }';

async function codesOf(key: string, value: Json): Promise<unknown> {
  const { errors } = await server.call(SAVE, { input: { values: { [key]: value } } });
  const issues = errors?.[0]?.extensions['issues'] as { path: string; code: string }[] | undefined;
  return issues?.map(({ path, code }) => `${path} ${code}`) ?? errors?.[0]?.extensions.code;
}

async function listed(variables: object): Promise<readonly Record<string, Json>[]> {
  const { customers } = await server.ask<{ customers: { nodes: { values: Record<string, Json> }[] } }>(
    'query ($filter: Rule, $sort: [SortInput!]) { customers(filter: $filter, sort: $sort) { nodes { values } } }',
    variables,
  );
  return customers.nodes.map(({ values }) => values);
}

describe.each(Object.keys(fieldTypes) as FieldType[])('%s', (type) => {
  const key = `a_${type.toLowerCase()}`;
  const unique = `u_${type.toLowerCase()}`;
  const options = [
    { key: 'gold', label: '金' },
    { key: 'bronze', label: '铜' },
    { key: 'retired', label: '旧', archived: true },
  ];

  beforeAll(async () => {
    const choice = fieldTypes[type].valueType.startsWith('OPTION') ? { options } : {};
    await createFields(server, [{ key, type, label: key, ...choice }]);
    if (fieldTypes[type].canBeUnique)
      await createFields(server, [{ key: unique, type, label: unique, unique: true, ...choice }]);
    if (type === 'FILE') fileId = (await upload(server, { field: key })).id;
  });

  /** Users and files are known only once the server runs. */
  function accepted(): Promises['accepted'] {
    if (type === 'FILE') return [[fileId.toUpperCase(), fileId]];
    return type === 'USER' ? [[userId.toUpperCase(), userId]] : promises[type].accepted;
  }

  test('is answered in its normal form, and kept when that is written back', async () => {
    for (const [sent, answered] of accepted()) {
      const { customer } = await saveCustomer(server, { values: { [key]: sent } });
      expect(customer.values[key]).toEqual(answered);
      const again = await saveCustomer(server, { id: customer.id, version: 1, values: { [key]: answered } });
      expect(again.customer.values[key]).toEqual(answered);
    }
    const { customer } = await saveCustomer(server, { values: { [key]: null } });
    expect(customer.values[key]).toBeNull();
  });

  test('refuses with a code', async () => {
    for (const [sent, code] of promises[type].refused) expect(await codesOf(key, sent)).toEqual([`${key} ${code}`]);
    expect(await codesOf(key, { a: 1 })).toEqual([`${key} WRONG_TYPE`]);
  });

  test('sorts, empty last, and is filtered by emptiness and by value', async () => {
    const values = accepted().map(([, answered]) => answered);
    const filled = { '!=': [{ var: key }, null] };
    const up = (await listed({ filter: filled, sort: [{ field: key }] })).map((row) => row[key]);
    expect(up).toHaveLength(values.length);
    if (type !== 'MULTI_SELECT') expect(up).toEqual(values);
    const down = await listed({ sort: [{ field: key, descending: true }] });
    expect(down[0]?.[key]).toEqual(up.at(-1));
    expect(down.at(-1)?.[key]).toBeNull();
    if (type === 'MULTI_SELECT' || type === 'LONG_TEXT') return;
    for (const value of values) {
      const found = await listed({ filter: { '==': [{ var: key }, value] } });
      expect(found.map((row) => row[key])).toEqual([value]);
    }
  });

  test('is unique where it can be, whatever the spelling', async () => {
    if (!fieldTypes[type].canBeUnique) {
      const input = { key: unique, type, label: unique, unique: true, options: [] };
      const { errors } = await server.call('mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
        input,
      });
      expect(errors?.[0]?.extensions['issues']).toMatchObject([{ path: 'unique', code: 'INVALID' }]);
      return;
    }
    const [sent, answered] = accepted()[0]!;
    const { customer } = await saveCustomer(server, { values: { [unique]: sent } });
    expect(await codesOf(unique, answered)).toEqual([`${unique} NOT_UNIQUE`]);
    const taken = (except: string | null) =>
      server.ask(
        'query ($v: JSON!, $except: ID, $key: ID!) { valueTaken(fieldKey: $key, value: $v, exceptCustomerId: $except) }',
        {
          v: sent,
          except,
          key: unique,
        },
      );
    expect([await taken(null), await taken(customer.id)]).toEqual([{ valueTaken: true }, { valueTaken: false }]);
    await saveCustomer(server, { id: customer.id, version: 1, values: { [unique]: null } });
    await saveCustomer(server, { values: { [unique]: answered } });
  });
});

test('only active users are newly set', async () => {
  await createFields(server, [{ key: 'helper', type: 'USER', label: '协助' }]);
  await server.signInAs([]);
  const [other] = await server.database.source.query<{ id: string }[]>('select id from app_user where email <> $1', [
    admin.email,
  ]);
  const { customer } = await saveCustomer(server, { values: { helper: other!.id } });
  await server.database.source.query('update app_user set active = false where id = $1', [other!.id]);
  expect(await codesOf('helper', other!.id)).toEqual(['helper INVALID']);
  const kept = await saveCustomer(server, { id: customer.id, version: 1, values: { helper: other!.id } });
  expect(kept.customer.values['helper']).toBe(other!.id);
});

describe('unique', () => {
  test('P75: of 50 parallel creates with one value one succeeds, and 49 are told why', async () => {
    await createFields(server, [{ key: 'card', type: 'TEXT', label: '卡号', unique: true }]);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => codesOf('card', 'A1')));
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(outcomes.filter((outcome) => JSON.stringify(outcome) === '["card NOT_UNIQUE"]')).toHaveLength(49);
  });

  test('cannot be asked of a field where customers share values; can once they do not, and be let go', async () => {
    await createFields(server, [{ key: 'badge', type: 'NUMBER', label: '牌号' }]);
    const { customer } = await saveCustomer(server, { values: { badge: 100_000 } });
    await saveCustomer(server, { values: { badge: 100_000 } });
    const set = (unique: boolean) =>
      server.call('mutation ($u: Boolean!) { updateField(key: "badge", input: { unique: $u }) { unique } }', {
        u: unique,
      });
    expect((await set(true)).errors?.[0]?.extensions['issues']).toMatchObject([{ path: 'unique', code: 'NOT_UNIQUE' }]);
    await saveCustomer(server, { id: customer.id, version: 1, values: { badge: 1e15 } });
    expect((await set(true)).data).toEqual({ updateField: { unique: true } });
    expect(await codesOf('badge', 1e15)).toEqual(['badge NOT_UNIQUE']);
    await set(false);
    expect(await codesOf('badge', 1e15)).toBeUndefined();
  });
});

describe('the rule of a field', () => {
  const rule = { or: [{ '==': [{ var: 'ends' }, null] }, { '<=': [{ var: 'begins' }, { var: 'ends' }] }] };

  beforeAll(() =>
    createFields(server, [
      { key: 'begins', type: 'DATE', label: '开始' },
      {
        key: 'ends',
        type: 'DATE',
        label: '结束',
        validation: { rule: true, message: { en: 'It ends before it begins' } },
      },
    ]),
  );

  test('holds for every customer that is saved, with its own sentence', async () => {
    await server.ask('mutation ($r: JSON!) { updateField(key: "ends", input: { validation: $r }) { version } }', {
      r: { rule, message: { en: 'It ends before it begins' } },
    });
    const { errors } = await server.call(SAVE, { input: { values: { begins: '2026-02-01', ends: '2026-01-01' } } });
    expect(errors?.[0]?.extensions['issues']).toEqual([
      { path: 'ends', code: 'RULE', message: 'It ends before it begins' },
    ]);
    const { customer } = await saveCustomer(server, { values: { begins: '2026-01-01', ends: '2026-02-01' } });
    const late = { id: customer.id, version: 1, values: { begins: '2026-03-01' } };
    expect((await server.call(SAVE, { input: late })).errors?.[0]?.extensions['issues']).toMatchObject([
      { path: 'ends', code: 'RULE' },
    ]);
  });

  test('keeps what it reads from being archived, and must be a rule', async () => {
    const { errors } = await server.call('mutation { archiveField(key: "begins") { key } }');
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'IN_USE',
      usedBy: [{ kind: 'field', id: 'ends', name: '结束' }],
    });
    const broken = await server.call(
      'mutation ($r: JSON!) { updateField(key: "ends", input: { validation: $r }) { version } }',
      { r: { rule: { '<': [{ var: 'ends' }, 5] } } },
    );
    expect(broken.errors?.[0]?.extensions).toMatchObject({
      code: 'RULE_INVALID',
      issues: [{ path: expect.stringMatching(/^validation\/rule/), code: 'TYPE' }],
    });
  });
});

test('fields are put into order', async () => {
  const order = async () =>
    (await server.ask<{ fields: { key: string; system: boolean }[] }>('{ fields { key system } }')).fields
      .filter(({ system }) => !system)
      .map(({ key }) => key);
  const [first, second, ...others] = await order();
  await server.ask('mutation ($keys: [ID!]!) { orderFields(keys: $keys) { key } }', { keys: [second, first] });
  expect(await order()).toEqual([second, first, ...others]);
  const { errors } = await server.call('mutation { orderFields(keys: ["nope"]) { key } }');
  expect(errors?.[0]?.extensions['issues']).toMatchObject([{ path: 'nope', code: 'UNKNOWN_FIELD' }]);
});
