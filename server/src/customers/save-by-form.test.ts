import type { FieldItem, FormLayout } from '@kequn/rules';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFields } from '../testing/calls.ts';
import { publishedForm } from '../testing/form-calls.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const start = '2026-03-01T08:00:00.000Z';
let now = start;
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名', required: true },
    { key: 'phone', type: 'PHONE', label: '电话', required: true },
    { key: 'age', type: 'NUMBER', label: '年龄' },
    { key: 'adult', type: 'BOOLEAN', label: '成年' },
    { key: 'income', type: 'MONEY', label: '收入' },
    { key: 'rich', type: 'FORMULA', label: '富裕', formula: { '>': [{ var: 'income' }, 1000] }, released: true },
    { key: 'twice', type: 'FORMULA', label: '两倍', formula: { '*': [{ var: 'age' }, 2] } },
  ]);
});
afterAll(() => server.close());
beforeEach(async () => {
  now = start;
  await server.database.source.query(
    `update session set expires_at = '2100-01-01', last_used_at = '2100-01-01'; delete from submission; delete from customer`,
  );
});

const SAVE = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id version values } } }';

interface Saved {
  readonly id: string;
  readonly version: number;
  readonly values: Record<string, unknown>;
}

async function save(input: object, token = server.token): Promise<Saved> {
  const answer = await server.ask<{ saveCustomer: { customer: Saved } }>(SAVE, { input }, { token });
  return answer.saveCustomer.customer;
}

function layoutOf(...items: readonly FieldItem[]): FormLayout {
  return { pages: [{ sections: [{ columns: [{ items }] }] }] };
}

const refusal = (input: object, token?: string) => refusalOf(server, SAVE, { input }, token);
const isAdult = { '>=': [{ var: 'age' }, 18] };

async function submissions(): Promise<readonly object[]> {
  return server.database.source.query(
    'select form_version as version, "values", status, customer_id as customer from submission order by id',
  );
}

describe('a customer who is saved by a form', () => {
  test('is asked for what the form shows, and no more', async () => {
    const formId = await publishedForm(
      server,
      layoutOf({ field: 'name' }, { field: 'age' }, { field: 'income', visibleWhen: isAdult, requiredWhen: isAdult }),
    );
    expect(await refusal({ formId, values: { age: 20 } })).toBe('VALIDATION_FAILED, name REQUIRED, income REQUIRED');
    expect(await refusal({ formId, values: { name: 'An', phone: '13800138000' } })).toBe(
      'VALIDATION_FAILED, phone UNKNOWN_FIELD',
    );
    // What a rule hides is as if it had not been entered.
    const { id, values } = await save({ formId, values: { name: 'An', age: 17, income: 5 } });
    expect(values).toMatchObject({ name: 'An', age: 17, income: null, phone: null, twice: 34 });
    expect(await submissions()).toEqual([
      { version: 1, values: { name: 'An', age: 17 }, status: 'SAVED', customer: id },
    ]);
  });

  test('has what the form computes, and what it begins with', async () => {
    const formId = await publishedForm(
      server,
      layoutOf(
        { field: 'name', default: 'Somebody' },
        { field: 'age' },
        { field: 'adult', compute: { '>': [{ var: 'twice' }, 35] } },
        { field: 'twice' },
      ),
    );
    const { id, version, values } = await save({ formId, values: { age: 20 } });
    expect(values).toMatchObject({ name: 'Somebody', adult: true, twice: 40 });
    // What is computed is not entered, and what was shown may come back.
    expect(
      (await save({ id, version, formId, values: { age: 3, twice: 40, adult: true, name: 'An' } })).values,
    ).toMatchObject({
      adult: false,
      twice: 6,
    });
  });

  test.each([
    ['KEEP', 5],
    ['SKIP', 5],
    ['CLEAR', null],
  ])('of a hidden value with %s has %s', async (hiddenValues, expected) => {
    const layout = layoutOf({ field: 'name' }, { field: 'age' }, { field: 'income', visibleWhen: isAdult });
    const formId = await publishedForm(server, layout, { hiddenValues });
    const { id, version } = await save({ formId, values: { name: 'An', age: 18, income: 5 } });
    const { values } = await save({ id, version, formId, values: { age: 17, income: 9 } });
    expect(values['income']).toBe(expected);
  });

  test('is checked by the version that was filled, for a day', async () => {
    const formId = await publishedForm(server, layoutOf({ field: 'name' }));
    await publishedForm(server, layoutOf({ field: 'name' }, { field: 'age', required: true }), {}, formId);
    expect(await refusal({ formId, values: { name: 'An' } })).toBe('VALIDATION_FAILED, age REQUIRED');
    const { id } = await save({ formId, formVersion: 1, values: { name: 'An' } });
    expect(await submissions()).toMatchObject([{ version: 1, customer: id }]);
    now = '2026-03-02T08:00:00.001Z';
    expect(await refusal({ formId, formVersion: 1, values: { name: 'An' } })).toBe('CONFLICT');
    expect(await refusal({ formId, formVersion: 3, values: { name: 'An' } })).toBe('NOT_FOUND');
  });

  test('by a form that is not published or gone is not saved', async () => {
    const formId = await publishedForm(server, layoutOf({ field: 'name' }));
    await server.ask(`mutation { deleteForm(id: "${formId}") }`);
    expect(await refusal({ formId, values: { name: 'An' } })).toBe('NOT_FOUND');
    expect(await refusal({ formId: 'x', values: { name: 'An' } })).toBe('NOT_FOUND');
  });

  test('takes its answers along when it is erased', async () => {
    const formId = await publishedForm(server, layoutOf({ field: 'name' }));
    const { id, version } = await save({ formId, values: { name: 'An' } });
    await server.ask(`mutation { eraseCustomer(id: "${id}", version: ${version}) }`);
    expect(await submissions()).toEqual([]);
  });
});

describe('rights hold in a form as elsewhere', () => {
  const layout = layoutOf(
    { field: 'name', visibleWhen: { '>': [{ var: 'income' }, 1000] } },
    { field: 'age', required: true },
    { field: 'income' },
  );

  test('a rule over what its filler may not read is not asked, so it tells nothing', async () => {
    const formId = await publishedForm(server, layout);
    const poor = await save({ values: { name: 'An', phone: '13800138000', income: 1 } });
    for (const access of ['HIDDEN', 'MASKED'] as const) {
      const token = await server.signInAs([await makeRole(server, {}, { income: access })]);
      const { version } = (await server.ask<{ customer: Saved }>(`{ customer(id: "${poor.id}") { version } }`))
        .customer;
      const saved = await save({ id: poor.id, version, formId, values: { name: `Bo ${access}`, age: 1 } }, token);
      expect(saved.values['name']).toBe(`Bo ${access}`);
    }
  });

  test('what a released formula computes of what its filler may not read stays as it is stored', async () => {
    const formId = await publishedForm(
      server,
      layoutOf({ field: 'name' }, { field: 'age', visibleWhen: { '==': [{ var: 'rich' }, true] } }),
    );
    const { id } = await save({ values: { name: 'An', phone: '13800138000', income: 5000 } });
    const token = await server.signInAs([await makeRole(server, {}, { income: 'HIDDEN' })]);
    expect((await save({ id, version: 1, formId, values: { age: 7 } }, token)).values['age']).toBe(7);
  });

  test('what somebody may not write is refused, and not asked for', async () => {
    const formId = await publishedForm(server, layoutOf({ field: 'name' }, { field: 'age', required: true }));
    const token = await server.signInAs([await makeRole(server, {}, { age: 'READ' })]);
    expect(await refusal({ formId, values: { name: 'An', age: 3 } }, token)).toBe('FIELD_FORBIDDEN');
    expect(await refusal({ formId, values: { name: 'An' } }, token)).toBeUndefined();
    expect(await submissions()).toMatchObject([{ values: { name: 'An', age: null } }]);
    const hidden = await server.signInAs([await makeRole(server, {}, { age: 'HIDDEN' })]);
    expect(await refusal({ formId, values: { name: 'An', age: 3 } }, hidden)).toBe(
      'VALIDATION_FAILED, age UNKNOWN_FIELD',
    );
  });
});
