import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { activeSegment, createFields, membershipErrors, saveCustomer, saveSegment } from '../testing/calls.ts';
import { CONVERT, conversionsOf, convert, undoLast, valuesOf } from '../testing/conversion-calls.ts';
import { formulaErrors } from '../testing/formula-errors.ts';
import { historyErrors } from '../testing/history-errors.ts';
import { recountErrors } from '../testing/recount-errors.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let made = 0;
/** The field of each test, and customers by name. */
let key: string;
const ids = new Map<string, string>();

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [{ key: 'name', type: 'TEXT', label: '姓名' }]);
});
afterAll(() => server.close());

/** What nothing may go wrong with, whatever was changed. */
async function errors(): Promise<number> {
  const now = new Date().toISOString();
  return (
    (await membershipErrors(server)) +
    (await historyErrors(server)) +
    (await recountErrors(server, now)) +
    (await formulaErrors(server, now))
  );
}

async function fieldOf(type: string, values: Readonly<Record<string, unknown>>, input: object = {}): Promise<void> {
  key = `f${(made += 1)}`;
  await createFields(server, [{ key, type, label: key, ...input }]);
  for (const [name, value] of Object.entries(values)) {
    const { customer } = await saveCustomer(server, { values: { name, [key]: value } });
    ids.set(name, customer.id);
  }
}

beforeEach(async () => {
  await server.database.source.query('delete from field_conversion_value');
  const { customers } = await server.ask<{ customers: { nodes: { id: string; version: number }[] } }>(
    '{ customers(first: 500) { nodes { id version } } }',
  );
  for (const { id, version } of customers.nodes)
    await server.ask('mutation ($id: ID!, $version: Int!) { eraseCustomer(id: $id, version: $version) }', {
      id,
      version,
    });
});

const texts = { An: '5', Bo: '12.50', Cy: 'five', Di: '5', Ed: null };

async function previewOf(type: string, more = '') {
  const query = `query ($key: ID!) { previewConversion(key: $key, type: ${type} ${more}) {
    converting failing convertingSamples { from to problem } failingSamples { customerId from to problem } proposedOptions byJob } }`;
  const { previewConversion } = await server.ask<{ previewConversion: Record<string, unknown> }>(query, { key });
  return previewConversion;
}

describe('a field becomes of another type', () => {
  test('with its values, those that do not convert set aside only where it is forced', async () => {
    await fieldOf('TEXT', texts);
    expect(await previewOf('NUMBER')).toEqual({
      converting: 3,
      failing: 1,
      convertingSamples: [
        { from: '5', to: 5, problem: null },
        { from: '12.50', to: 12.5, problem: null },
      ],
      failingSamples: [{ customerId: ids.get('Cy'), from: 'five', to: null, problem: 'Cannot become: Number' }],
      proposedOptions: [],
      byJob: false,
    });
    const { errors: refused } = await server.call(CONVERT, { key, input: { type: 'NUMBER' } });
    expect(refused?.[0]?.extensions).toMatchObject({
      code: 'VALIDATION_FAILED',
      issues: [
        { path: 'type', code: 'INVALID', message: '1 of 4 values do not convert' },
        { path: 'samples/0', code: 'INVALID', message: '“five”: Cannot become: Number' },
      ],
    });
    expect(await valuesOf(server, key)).toEqual(texts);
    expect(await conversionsOf(server, key)).toEqual([]);

    await convert(server, key, { type: 'NUMBER' }, true);
    expect(await valuesOf(server, key)).toEqual({ An: 5, Bo: 12.5, Cy: null, Di: 5, Ed: null });
    expect(await conversionsOf(server, key)).toMatchObject([
      {
        from: 'TEXT',
        to: 'NUMBER',
        converted: 3,
        setAside: 1,
        undoable: true,
        setAsideValues: [{ customerId: ids.get('Cy'), value: 'five' }],
      },
    ]);
    await saveCustomer(server, { values: { name: 'Flo', [key]: 7 } });
    expect(
      await refusalOf(server, 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id } } }', {
        input: { values: { [key]: '7' } },
      }),
    ).toBe(`VALIDATION_FAILED, ${key} WRONG_TYPE`);
  });

  test('and rules, formulas and members go by what it is from then on', async () => {
    await fieldOf('NUMBER', { An: 5, Bo: 12.5, Cy: null });
    await createFields(server, [
      { key: `${key}_double`, type: 'FORMULA', label: 'x2', formula: { '*': [{ var: key }, 2] } },
    ]);
    await activeSegment(server, `${key}_some`, { '!=': [{ var: key }, null] });
    await activeSegment(server, `${key}_many`, { '>': [{ var: `${key}_double` }, 20] });
    await convert(server, key, { type: 'MONEY', validation: { decimals: 0 } }, true);
    expect(await valuesOf(server, key)).toEqual({ An: 5, Bo: null, Cy: null });
    expect(await valuesOf(server, `${key}_double`)).toEqual({ An: 10, Bo: null, Cy: null });
    expect(await errors()).toBe(0);

    await undoLast(server, key);
    expect(await valuesOf(server, `${key}_double`)).toEqual({ An: 10, Bo: 25, Cy: null });
    expect(await errors()).toBe(0);
  });

  test('unless something with a rule would not know what to make of it: everything is named', async () => {
    await fieldOf('NUMBER', { An: 5 });
    await activeSegment(server, `${key}_high`, { '>': [{ var: key }, 2] });
    await saveSegment(server, { key: `${key}_draft`, name: 'a draft', rule: { '<': [{ var: key }, 2] } });
    await activeSegment(server, `${key}_filled`, { '!=': [{ var: key }, null] });
    await createFields(server, [
      { key: `${key}_sum`, type: 'FORMULA', label: 'a sum', formula: { '+': [{ var: key }, 2] } },
      {
        key: `${key}_ruled`,
        type: 'TEXT',
        label: 'a rule',
        validation: { rule: { or: [{ '==': [{ var: key }, null] }, { '>': [{ var: key }, 2] }] } },
      },
    ]);
    await makeRole(server, { rowScope: { '>': [{ var: key }, 2] } });
    await server.ask('mutation ($input: RetentionRuleInput!) { saveRetentionRule(input: $input) { id } }', {
      input: { name: 'a retention rule', rule: { '>': [{ var: key }, 100] } },
    });
    const part = { field: 'name', visibleWhen: { '>': [{ var: key }, 2] } };
    const layout = { pages: [{ sections: [{ columns: [{ items: [part] }] }] }] };
    await server.ask('mutation ($input: FormInput!) { saveForm(input: $input) { id } }', {
      input: { name: 'a form', layout },
    });
    const { errors: refused } = await server.call(CONVERT, { key, input: { type: 'TEXT' } });
    const extensions = refused![0]!.extensions as unknown as { code: string; usedBy: { kind: string; name: string }[] };
    expect(extensions.code).toBe('IN_USE');
    expect(extensions.usedBy.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      'field a rule',
      'field a sum',
      'form a form',
      'retention a retention rule',
      expect.stringMatching(/^role role /),
      'segment a draft',
      `segment ${key}_high`,
    ]);
    expect(await valuesOf(server, key)).toEqual({ An: 5 });
  });

  test('and whom a retention rule erases is looked at once more', async () => {
    await fieldOf('TEXT', { An: '5', Bo: 'six', Cy: null });
    const rule = { '==': [{ var: key }, null] };
    const { saved } = await server.ask<{ saved: { id: string; version: number } }>(
      'mutation ($input: RetentionRuleInput!) { saved: saveRetentionRule(input: $input) { id version } }',
      { input: { name: key, rule } },
    );
    const activate = 'mutation ($id: ID!, $version: Int!) { activateRetentionRule(id: $id, version: $version) { id } }';
    await server.ask(activate, saved);
    await convert(server, key, { type: 'NUMBER' }, true);
    expect(await refusalOf(server, 'mutation ($id: ID!) { runRetentionRule(id: $id) { id } }', { id: saved.id })).toBe(
      'VALIDATION_FAILED, rule INVALID',
    );
    expect(await valuesOf(server, key)).toEqual({ An: 5, Bo: null, Cy: null });
  });

  test('and customers are found by it, or not any more', async () => {
    await fieldOf('NUMBER', { An: 48_151, Bo: 5 });
    const found = async () => {
      const { customers } = await server.ask<{ customers: { nodes: { values: { name: string } }[] } }>(
        '{ customers(search: "4815") { nodes { values } } }',
      );
      return customers.nodes.map(({ values }) => values.name);
    };
    expect(await found()).toEqual([]);
    await convert(server, key, { type: 'TEXT' });
    expect(await found()).toEqual(['An']);
    await convert(server, key, { type: 'NUMBER' });
    expect(await found()).toEqual([]);
  });

  test('and a unique value stays of one customer alone, also as it is written anew', async () => {
    await fieldOf('TEXT', { An: 'A@b.cn', Bo: 'c@d.cn' }, { unique: true });
    const save = (value: string) =>
      refusalOf(server, 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id } } }', {
        input: { values: { [key]: value } },
      });
    await convert(server, key, { type: 'EMAIL' });
    expect(await save('a@b.cn')).toBe(`VALIDATION_FAILED, ${key} NOT_UNIQUE`);
    await convert(server, key, { type: 'TEXT' });
    await saveCustomer(server, { values: { name: 'Cy', [key]: 'C@D.cn' } });
    expect(await refusalOf(server, CONVERT, { key, input: { type: 'EMAIL' } })).toBe(
      'VALIDATION_FAILED, unique NOT_UNIQUE',
    );
    expect(await refusalOf(server, CONVERT, { key, input: { type: 'LONG_TEXT' } })).toBe(
      'VALIDATION_FAILED, unique INVALID',
    );
    await convert(server, key, { type: 'EMAIL', unique: false });
    expect(await save('a@b.cn')).toBeUndefined();
  });

  test('and options take the place of what texts name', async () => {
    await fieldOf('TEXT', { An: '黄金', Bo: '白银', Cy: '黄金', Di: '青铜' });
    expect((await previewOf('SELECT'))['proposedOptions']).toEqual(['黄金', '青铜', '白银']);
    const options = [
      { key: 'gold', label: '黄金' },
      { key: 'silver', label: '白银' },
    ];
    await convert(server, key, { type: 'SELECT', options }, true);
    expect(await valuesOf(server, key)).toEqual({ An: 'gold', Bo: 'silver', Cy: 'gold', Di: null });
    await convert(server, key, { type: 'MULTI_SELECT' });
    expect(await valuesOf(server, key)).toEqual({ An: ['gold'], Bo: ['silver'], Cy: ['gold'], Di: null });
    await convert(server, key, { type: 'TEXT' });
    expect(await valuesOf(server, key)).toEqual({ An: '黄金', Bo: '白银', Cy: '黄金', Di: null });
  });

  test('but none of users, nor one that a formula computes, nor under another version than the present one', async () => {
    await fieldOf('USER', {});
    expect(await refusalOf(server, CONVERT, { key, input: { type: 'TEXT' } })).toBe(
      'VALIDATION_FAILED, type READ_ONLY',
    );
    expect(await refusalOf(server, CONVERT, { key, input: { type: 'USER' } })).toBeUndefined();
    await createFields(server, [{ key: `${key}_sum`, type: 'FORMULA', label: 'sum', formula: { '+': [1, 2] } }]);
    expect(await refusalOf(server, CONVERT, { key: `${key}_sum`, input: { type: 'NUMBER' } })).toBe(
      'VALIDATION_FAILED, type READ_ONLY',
    );
    expect(await refusalOf(server, CONVERT, { key: 'name', input: { type: 'FORMULA' } })).toBe(
      'VALIDATION_FAILED, type READ_ONLY',
    );
    const query = 'mutation ($input: FieldInput!) { updateField(key: "name", version: 99, input: $input) { key } }';
    expect(await refusalOf(server, query, { input: { type: 'LONG_TEXT' } })).toBe('CONFLICT');
  });
});

describe('what is told of everybody', () => {
  const asks = [
    'query ($key: ID!) { previewConversion(key: $key, type: NUMBER) { failing } }',
    'query ($key: ID!) { conversions(key: $key) { id } }',
    'mutation ($key: ID!) { updateField(key: $key, input: { type: NUMBER }, force: true) { key } }',
    'mutation ($key: ID!) { replaceOption(key: $key, option: "a") { id } }',
  ];
  test('is for who manages fields and reads this one of every customer', async () => {
    await fieldOf('TEXT', texts);
    const tokens = {
      manages: await server.signInAs([await makeRole(server, {}, { [key]: 'WRITE' })]),
      hidden: await server.signInAs([await makeRole(server, { capabilities: ['MANAGE_FIELDS'] }, { [key]: 'HIDDEN' })]),
      masked: await server.signInAs([await makeRole(server, { capabilities: ['MANAGE_FIELDS'] }, { [key]: 'MASKED' })]),
      scoped: await server.signInAs([
        await makeRole(server, { capabilities: ['MANAGE_FIELDS'], rowScope: { '==': [{ var: 'name' }, 'An'] } }),
      ]),
    };
    const refusals = async (token: string) =>
      Promise.all(asks.map((query) => refusalOf(server, query, { key }, token)));
    expect(await refusals(tokens.manages)).toEqual(asks.map(() => 'FORBIDDEN'));
    expect(await refusals(tokens.hidden)).toEqual(asks.map(() => 'NOT_FOUND'));
    expect(await refusals(tokens.masked)).toEqual(asks.map(() => 'FIELD_FORBIDDEN'));
    expect(await refusals(tokens.scoped)).toEqual(asks.map(() => 'FORBIDDEN'));
    const undo = 'mutation ($id: ID!) { undoConversion(id: $id) { key } }';
    await convert(server, key, { type: 'NUMBER' }, true);
    const [{ id } = { id: '' }] = await conversionsOf(server, key);
    for (const token of [tokens.manages, tokens.scoped])
      expect(await refusalOf(server, undo, { id }, token)).toBe('FORBIDDEN');
    expect(await refusalOf(server, undo, { id }, tokens.hidden)).toBe('NOT_FOUND');
    expect(await valuesOf(server, key)).toMatchObject({ An: 5 });
  });

  test('is noted where the field is sensitive', async () => {
    await fieldOf('TEXT', texts, { sensitive: true });
    const noted = async () => {
      const rows = await server.database.source.query<{ channel: string; ids: string[] }[]>(
        `select channel, customer_ids as ids from sensitive_read where $1 = any(field_keys) and channel <> 'customer' order by at`,
        [key],
      );
      return rows.map(({ channel, ids: of }) => `${channel} ${of.length}`);
    };
    await previewOf('NUMBER');
    expect(await noted()).toEqual(['preview 3']);
    await server.call(CONVERT, { key, input: { type: 'NUMBER' } });
    expect(await noted()).toEqual(['preview 3', 'preview 1']);
    await convert(server, key, { type: 'NUMBER' }, true);
    await conversionsOf(server, key);
    expect(await noted()).toEqual(['preview 3', 'preview 1', 'list 1']);
  });

  test('shows who sees a mask none of what the field was before', async () => {
    await fieldOf('TEXT', { An: '13 Elm Street' });
    await convert(server, key, { type: 'PHONE' }, true);
    const token = await server.signInAs([
      await makeRole(server, { capabilities: ['VIEW_AUDIT'] }, { [key]: 'MASKED' }),
    ]);
    const { auditLog } = await server.ask<{ auditLog: { nodes: { changes: Record<string, unknown> }[] } }>(
      'query ($id: ID!) { auditLog(first: 10, customerId: $id) { nodes { changes } } }',
      { id: ids.get('An') },
      { token },
    );
    expect(auditLog.nodes[0]?.changes[key]).toEqual({ from: null, to: '***' });
  });
});

describe('a change of type is undone', () => {
  test('with what customers had, unless it was changed since', async () => {
    await fieldOf('TEXT', { ...texts, Flo: 'six', Gil: '8' });
    await convert(server, key, { type: 'NUMBER' }, true);
    const enter = async (name: string, value: unknown) =>
      saveCustomer(server, { id: ids.get(name), version: 1, values: { [key]: value } });
    await enter('Flo', 6);
    await enter('Gil', null);
    await enter('An', 5.5);
    await undoLast(server, key);
    expect(await valuesOf(server, key)).toEqual({
      An: '5.5',
      Bo: '12.50',
      Cy: 'five',
      Di: '5',
      Ed: null,
      Flo: '6',
      Gil: null,
    });
    const told = await conversionsOf(server, key);
    expect(told).toMatchObject([
      { from: 'NUMBER', to: 'TEXT', setAside: 0, undoable: true },
      {
        from: 'TEXT',
        to: 'NUMBER',
        undoable: false,
        setAside: 1,
        setAsideValues: [{ customerId: ids.get('Flo'), value: 'six' }],
      },
    ]);
    await undoLast(server, key);
    expect(await valuesOf(server, key)).toMatchObject({ An: 5.5, Bo: 12.5, Cy: null, Flo: 6, Gil: null });
  });

  test('what was entered since and is nothing of the former type is set aside', async () => {
    await fieldOf('NUMBER', { An: 5, Bo: 6 });
    await convert(server, key, { type: 'TEXT' });
    await saveCustomer(server, { id: ids.get('Bo'), version: 1, values: { [key]: 'a lot' } });
    await undoLast(server, key);
    expect(await valuesOf(server, key)).toEqual({ An: 5, Bo: null });
    expect((await conversionsOf(server, key))[0]).toMatchObject({
      setAside: 1,
      setAsideValues: [{ customerId: ids.get('Bo'), value: 'a lot' }],
    });
  });

  test('not while a rule goes by what it is now, and not when it was changed again', async () => {
    await fieldOf('NUMBER', { An: 5 });
    await convert(server, key, { type: 'TEXT' });
    const [{ id } = { id: '' }] = await conversionsOf(server, key);
    const undo = 'mutation ($id: ID!) { undoConversion(id: $id) { key } }';
    const { id: segmentId } = await activeSegment(server, `${key}_texts`, { '==': [{ var: key }, 'x'] });
    expect(await refusalOf(server, undo, { id })).toBe('IN_USE');
    await server.ask('mutation ($id: ID!) { deleteSegment(id: $id) }', { id: segmentId });
    await convert(server, key, { type: 'LONG_TEXT' });
    expect(await refusalOf(server, undo, { id })).toBe('VALIDATION_FAILED, id INVALID');
    expect(await refusalOf(server, undo, { id: 'none' })).toBe('NOT_FOUND');
  });
});

test('what was set aside of a customer is exported with the customer, to who may export the field', async () => {
  await fieldOf('TEXT', { Cy: 'five' });
  await convert(server, key, { type: 'NUMBER' }, true);
  const exported = async (token: string) => {
    const response = await fetch(`${server.url}/exports/customers/${ids.get('Cy')}.json`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { setAside } = (await response.json()) as { setAside: { field: string; value: unknown }[] };
    return setAside.map(({ field, value }) => [field, value]);
  };
  expect(await exported(server.token)).toEqual([[key, 'five']]);
  const masked = await makeRole(server, { capabilities: ['EXPORT'] }, { [key]: 'MASKED' });
  expect(await exported(await server.signInAs([masked]))).toEqual([]);
});

test('what was set aside of a customer goes with the customer', async () => {
  await fieldOf('TEXT', { Cy: 'five' });
  await convert(server, key, { type: 'NUMBER' }, true);
  await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id: ids.get('Cy') });
  expect((await conversionsOf(server, key))[0]).toMatchObject({ setAside: 1, setAsideValues: [] });
});
