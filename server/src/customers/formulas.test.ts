import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RequestContext } from '../platform/context.ts';
import { createLog } from '../platform/log.ts';
import { newId } from '../platform/uuid.ts';
import { sweepDue } from '../segments/sweep-due.ts';
import { activeSegment, createFields, membershipErrors, saveCustomer } from '../testing/calls.ts';
import { formulaErrors } from '../testing/formula-errors.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const v = (key: string) => ({ var: key });
const DAY = 86_400_000;
const start = '2026-07-01T08:00:00.000Z';

let now = start;
let server: TestServer;
let ctx: RequestContext;

const create =
  'mutation ($input: FieldInput!) { createField(input: $input) { key type valueType formula access options { key } } }';
const update =
  'mutation ($key: ID!, $input: FieldInput!) { updateField(key: $key, input: $input) { version formula } }';

function formulaField(key: string, formula: unknown, more: object = {}) {
  return { key, type: 'FORMULA', label: key, formula, ...more };
}

/** Computed from others, in part by way of each other: `worth` reads `average`, which reads what people enter. */
const formulas = {
  average: { '/': [v('spend'), v('orders')] },
  worth: { if: [{ '>': [v('average'), 100] }, { cat: ['高 ', v('name'), '  '] }, null] },
  age: { years_since: [v('born')] },
  bought: { sum: [v('events.order'), 'amount'] },
  level_shown: { if: [{ '==': [v('vip'), true] }, v('level'), null] },
};

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  const clock = { now: async () => now };
  ctx = {
    database: server.database,
    clock,
    log: createLog('error'),
    locale: 'en',
    requestId: '',
    address: '',
    actorId: null,
  };
  await server.database.source.query(`update session set expires_at = '2100-01-01', last_used_at = '2100-01-01'`);
  await server.ask('mutation { saveEventType(input: { key: "order", label: "订单" }) { key } }');
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名' },
    { key: 'spend', type: 'MONEY', label: '消费额' },
    { key: 'orders', type: 'NUMBER', label: '订单数' },
    { key: 'born', type: 'DATE', label: '生日' },
    { key: 'vip', type: 'BOOLEAN', label: '会员' },
    {
      key: 'level',
      type: 'SELECT',
      label: '等级',
      options: [
        { key: 'gold', label: '金' },
        { key: 'silver', label: '银' },
      ],
    },
    ...Object.entries(formulas).map(([key, formula]) => formulaField(key, formula)),
  ]);
  await activeSegment(server, 'worthy', { '!=': [v('worth'), null] });
  await activeSegment(server, 'adults', { '>=': [v('age'), 18] });
  await activeSegment(server, 'buyers', { '>=': [v('bought'), 100] });
  await activeSegment(server, 'gold', { '==': [v('level_shown'), 'gold'] });
  await activeSegment(server, 'worthy_adults', { and: [{ in_segment: ['worthy'] }, { in_segment: ['adults'] }] });
});
afterAll(() => server.close());
beforeEach(async () => {
  now = start;
  await server.database.source.query(
    'delete from event; delete from membership; delete from customer_due; delete from customer',
  );
});

async function codeOf(document: string, variables: object): Promise<unknown> {
  const { errors } = await server.call(document, variables);
  const [error] = errors ?? [];
  const { code, issues } = (error?.extensions ?? {}) as { code?: string; issues?: { path: string; code: string }[] };
  return [code, ...(issues ?? []).map((issue) => `${issue.path} ${issue.code}`)];
}

async function valuesOf(id: string): Promise<Record<string, unknown>> {
  const { customer } = await server.ask<{ customer: { values: Record<string, unknown> } }>(
    'query ($id: ID!) { customer(id: $id) { values version } }',
    { id },
  );
  return customer.values;
}

async function order(customerId: string, amount: number): Promise<void> {
  const events = [{ type: 'order', customerId, at: now, amount }];
  await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', { events });
}

async function sweep(): Promise<void> {
  while ((await sweepDue(ctx, 100)) > 0);
}

describe('a formula field', () => {
  test('is described by what it computes', async () => {
    const { fields } = await server.ask<{
      fields: { key: string; type: string; valueType: string; options: { key: string }[] }[];
    }>('{ fields { key type valueType access options { key } } }');
    const shown = Object.fromEntries(
      fields.map(({ key, type, valueType, options }) => [key, [type, valueType, options.length]]),
    );
    expect(shown).toMatchObject({
      spend: ['MONEY', 'NUMBER', 0],
      average: ['FORMULA', 'NUMBER', 0],
      worth: ['FORMULA', 'TEXT', 0],
      level_shown: ['FORMULA', 'OPTION', 2],
    });
  });

  test('is computed when a customer is made and saved, and moves the customer', async () => {
    const values = { name: '王芳', spend: 300, orders: 2, born: '2008-07-01', level: 'gold', vip: true };
    const { customer, entered } = await saveCustomer(server, { values });
    expect(customer.values).toMatchObject({
      average: 150,
      worth: '高 王芳',
      age: 18,
      bought: 0,
      level_shown: 'gold',
    });
    expect(entered.map(({ key }) => key).toSorted()).toEqual(['adults', 'gold', 'worthy', 'worthy_adults']);
    const { id, version } = customer;
    const saved = await saveCustomer(server, { id, version, values: { orders: 6, vip: false } });
    expect(saved.customer.values).toMatchObject({ average: 50, worth: null, age: 18, level_shown: null });
    expect(saved.left.map(({ key }) => key).toSorted()).toEqual(['gold', 'worthy', 'worthy_adults']);
  });

  test('follows what the customer does, without a new version of the customer', async () => {
    const { customer } = await saveCustomer(server, { values: { name: '李雷' } });
    await order(customer.id, 60);
    expect(await valuesOf(customer.id)).toMatchObject({ bought: 60 });
    await order(customer.id, 60);
    const { id, version } = customer;
    const { customer: after } = await saveCustomer(server, { id, version, values: { spend: 1 } });
    expect([after.values['bought'], after.version, await membershipErrors(server)]).toEqual([120, version + 1, 0]);
  });

  test('goes on with time', async () => {
    const { customer } = await saveCustomer(server, { values: { born: '2008-07-03' } });
    expect(customer.values['age']).toBe(17);
    now = new Date(Date.parse(now) + 2 * DAY).toISOString();
    await sweep();
    expect((await valuesOf(customer.id))['age']).toBe(18);
    expect([await membershipErrors(server), await formulaErrors(server, now)]).toEqual([0, 0]);
    const [due] = await server.database.source.query<{ due_at: string }[]>('select due_at from customer_due');
    expect(due!.due_at.slice(0, 10)).toBe('2027-07-02');
  });

  test('computes everybody anew when its formula is another one, and what reads it with it', async () => {
    const { customer } = await saveCustomer(server, { values: { name: '韩梅梅', spend: 300, orders: 2 } });
    await server.ask(update, { key: 'average', input: { formula: { '-': [v('spend'), v('orders')] } } });
    expect(await valuesOf(customer.id)).toMatchObject({ average: 298, worth: '高 韩梅梅' });
    await server.ask(update, { key: 'average', input: { formula: { '/': [v('orders'), v('spend')] } } });
    expect(await valuesOf(customer.id)).toMatchObject({ worth: null });
    expect([await membershipErrors(server), await formulaErrors(server, now)]).toEqual([0, 0]);
    await server.ask(update, { key: 'average', input: { formula: formulas.average } });
  });

  test('is computed for those who were there before it', async () => {
    const { customer } = await saveCustomer(server, { values: { spend: 7 } });
    const { createField } = await server.ask<{ createField: object }>(create, {
      input: formulaField('twice', { '*': [v('spend'), 2] }),
    });
    expect(createField).toMatchObject({
      type: 'FORMULA',
      valueType: 'NUMBER',
      access: 'READ',
      formula: { '*': [v('spend'), 2] },
    });
    expect(await valuesOf(customer.id)).toMatchObject({ twice: 14 });
  });

  test('can be archived, and is right again when it is restored', async () => {
    await server.ask(create, { input: formulaField('rest', { '+': [v('spend'), 1] }) });
    const { customer } = await saveCustomer(server, { values: { spend: 1 } });
    await server.ask('mutation { archiveField(key: "rest") { key } }');
    const { id, version } = customer;
    await saveCustomer(server, { id, version, values: { spend: 5 } });
    await server.ask('mutation { restoreField(key: "rest") { key formula } }');
    expect(await valuesOf(id)).toMatchObject({ rest: 6 });
  });

  test.each([
    ['a cycle', 'average', { '+': [{ length: [v('worth')] }, 1] }, ['RULE_INVALID', 'formula CYCLE']],
    ['itself', 'average', { '+': [v('average'), 1] }, ['RULE_INVALID', 'formula CYCLE']],
    [
      'a membership',
      'average',
      { if: [{ in_segment: ['gold'] }, 1, 2] },
      ['RULE_INVALID', 'formula/if/0/in_segment TYPE'],
    ],
    ['who looks on', 'worth', { me: ['id'] }, ['RULE_INVALID', 'formula/me TYPE']],
    ['a list', 'average', v('events.order'), ['RULE_INVALID', 'formula TYPE']],
    ['nothing', 'average', null, ['RULE_INVALID', 'formula TYPE']],
    ['another type', 'average', v('name'), ['VALIDATION_FAILED', 'formula READ_ONLY']],
    ['a field that is none', 'average', { '+': [v('none'), 1] }, ['RULE_INVALID', 'formula/+/0/var UNKNOWN_FIELD']],
  ])('cannot compute %s', async (_, key, formula, answer) => {
    expect(await codeOf(update, { key, input: { formula } })).toEqual(answer);
  });

  test.each([
    ['a required one', formulaField('x', 1, { required: true }), ['VALIDATION_FAILED', 'required INVALID']],
    ['a unique one', formulaField('x', 1, { unique: true }), ['VALIDATION_FAILED', 'unique INVALID']],
    ['one with a limit', formulaField('x', 1, { validation: { min: 1 } }), ['VALIDATION_FAILED', 'validation INVALID']],
    ['one without a formula', { key: 'x', type: 'FORMULA', label: 'x' }, ['RULE_INVALID', 'formula NOT_A_RULE']],
    [
      'a formula of what is entered',
      { key: 'x', type: 'TEXT', label: 'x', formula: 1 },
      ['VALIDATION_FAILED', 'formula INVALID'],
    ],
  ])('is not made as %s', async (_, input, answer) => {
    expect(await codeOf(create, { input })).toEqual(answer);
  });

  test('is never written', async () => {
    const save = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id } } }';
    expect(await codeOf(save, { input: { values: { average: 5 } } })).toEqual([
      'VALIDATION_FAILED',
      'average READ_ONLY',
    ]);
  });

  test('frees what another formula reads no more', async () => {
    await server.ask(create, { input: { key: 'once', type: 'NUMBER', label: 'once' } });
    await server.ask(create, { input: formulaField('of_once', { '+': [v('once'), 1] }) });
    await server.ask(update, { key: 'of_once', input: { formula: { '+': [v('spend'), 1] } } });
    expect(await codeOf('mutation { archiveField(key: "once") { key } }', {})).toEqual([undefined]);
    expect(await codeOf(create, { input: formulaField('again', { '+': [v('of_once'), 1] }) })).toEqual([undefined]);
  });

  test('keeps what it reads from being taken away', async () => {
    expect(await codeOf('mutation { archiveField(key: "spend") { key } }', {})).toEqual(['IN_USE']);
    expect(await codeOf('mutation { archiveField(key: "average") { key } }', {})).toEqual(['IN_USE']);
  });

  test('is filtered, sorted and explained by', async () => {
    for (const [spend, orders] of [
      [300, 2],
      [90, 3],
      [null, 1],
    ])
      await saveCustomer(server, { values: { spend, orders } });
    const { customers } = await server.ask<{ customers: { nodes: { values: { average: number } }[] } }>(
      `query ($filter: Rule) { customers(filter: $filter, sort: [{ field: "average", descending: true }]) { nodes { values } } }`,
      { filter: { '>': [v('average'), 10] } },
    );
    expect(customers.nodes.map(({ values }) => values.average)).toEqual([150, 30]);
  });
});

describe('whoever may not read what a formula reads', () => {
  let viewer: string;

  beforeAll(async () => {
    const roleId = newId();
    const { source } = server.database;
    await source.query(
      `insert into role (id, name, capabilities, default_access) values ($1, 'no spend', '{MANAGE_FIELDS,MANAGE_SEGMENTS}', 'WRITE')`,
      [roleId],
    );
    await source.query(`insert into role_field_access values ($1, 'spend', 'HIDDEN')`, [roleId]);
    await source.query('update rule_set set version = version + 1');
    viewer = await server.signInAs([roleId]);
  });

  const asViewer = async <T>(query: string, variables: object = {}) =>
    server.ask<T>(query, variables, { token: viewer });

  test('P18: does not see the formula field either, nor what reads that, nor segments of it', async () => {
    const { customer } = await saveCustomer(server, { values: { name: '王芳', spend: 300, orders: 2 } });
    const {
      fields,
      segments,
      customer: seen,
    } = await asViewer<{
      fields: { key: string }[];
      segments: { key: string; restricted: string | null }[];
      customer: { values: object };
    }>('query ($id: ID!) { fields { key } segments { key restricted } customer(id: $id) { values } }', {
      id: customer.id,
    });
    const keys = new Set(fields.map(({ key }) => key));
    expect(['spend', 'average', 'worth', 'age', 'orders'].filter((key) => keys.has(key))).toEqual(['age', 'orders']);
    expect(Object.keys(seen.values)).not.toContain('average');
    const restricted = segments.filter((segment) => segment.restricted !== null).map(({ key }) => key);
    expect(restricted.toSorted()).toEqual(['worthy', 'worthy_adults']);
  });

  test('P18: can neither ask for it, nor make another formula of it, nor change it', async () => {
    const hidden = [
      ['query ($rule: Rule!) { previewRule(rule: $rule) { count } }', { rule: { '>': [v('average'), 1] } }],
      [create, { input: formulaField('copy', { '+': [v('average'), 0] }) }],
      [create, { input: formulaField('copy', { '+': [v('spend'), 0] }) }],
      [update, { key: 'average', input: { formula: 1 } }],
    ] as const;
    const codes = [];
    for (const [document, variables] of hidden) {
      const { errors } = await server.call(document, variables, { token: viewer });
      codes.push(errors?.[0]?.extensions?.['code']);
    }
    expect(codes).toEqual(['RULE_INVALID', 'RULE_INVALID', 'RULE_INVALID', 'NOT_FOUND']);
  });

  test('reads it once it is released', async () => {
    await server.ask(update, { key: 'average', input: { released: true } });
    const { customer } = await saveCustomer(server, { values: { spend: 300, orders: 2 } });
    const { customer: seen, fields } = await asViewer<{
      customer: { values: object };
      fields: { key: string; formula: unknown }[];
    }>('query ($id: ID!) { customer(id: $id) { values } fields { key formula } }', { id: customer.id });
    expect(seen.values).toMatchObject({ average: 150 });
    expect(fields.find(({ key }) => key === 'average')).toEqual({ key: 'average', formula: null });
    await server.ask(update, { key: 'average', input: { released: false } });
  });
});

const change = fc.record(
  {
    name: fc.constantFrom('', ' a ', 'é', '张三', null),
    spend: fc.constantFrom(0, 99, 1e9, null),
    orders: fc.constantFrom(0, 1, 3, null),
    born: fc.constantFrom('2008-07-01', '2000-02-29', null),
    vip: fc.constantFrom(true, false, null),
    level: fc.constantFrom('gold', 'silver', null),
  },
  { requiredKeys: [] },
);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ saves: fc.nat(4), values: change }) },
  { weight: 1, arbitrary: fc.record({ makes: change }) },
  { weight: 1, arbitrary: fc.record({ orders: fc.nat(4), amount: fc.constantFrom(1, 60, 100) }) },
  { weight: 1, arbitrary: fc.record({ passes: fc.constantFrom(1, 200, 400) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      average: fc.constantFrom<unknown>(formulas.average, v('spend'), { min: [v('spend'), v('age')] }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ segment: fc.constantFrom('activate', 'pause') }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Touch = Extract<Step, { saves: number } | { orders: number }>;

test('formulas and memberships are right after every step of whatever happens', async () => {
  const { segments } = await server.ask<{ segments: { id: string; key: string }[] }>('{ segments { id key } }');
  const worthy = segments.find(({ key }) => key === 'buyers')!.id;
  const runs = process.env['FULL_PROOFS'] ? 40 : 4;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
      await server.database.source.query(
        'delete from event; delete from membership; delete from customer_due; delete from customer',
      );
      const customers: { id: string; version: number }[] = [];
      for (const each of steps) {
        await take(each, customers, worthy);
        await sweep();
        expect([await membershipErrors(server), await formulaErrors(server, now)]).toEqual([0, 0]);
      }
    }),
    { numRuns: runs },
  );
}, 900_000);

async function take(what: Step, customers: { id: string; version: number }[], segmentId: string): Promise<void> {
  if ('makes' in what) customers.push((await saveCustomer(server, { values: what.makes })).customer);
  else if ('passes' in what) now = new Date(Date.parse(now) + what.passes * DAY).toISOString();
  else if ('average' in what) await server.ask(update, { key: 'average', input: { formula: what.average } });
  else if ('segment' in what) await server.call(`mutation { ${what.segment}Segment(id: "${segmentId}") { id } }`);
  else if (customers.length > 0) await touch(what, customers);
}

async function touch(what: Touch, customers: { id: string; version: number }[]) {
  const at = ('saves' in what ? what.saves : what.orders) % customers.length;
  const { id, version } = customers[at]!;
  if ('saves' in what) customers[at] = (await saveCustomer(server, { id, version, values: what.values })).customer;
  else await order(id, what.amount);
}
