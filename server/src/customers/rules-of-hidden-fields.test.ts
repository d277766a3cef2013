import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const SAVE = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { values } } }';

let server: TestServer;
/** Writes everything but income, which is hidden. */
let sales: string;

/** The discount is at most a tenth of the income, twice that in the east. */
const rule = {
  '<=': [{ var: 'discount' }, { '*': [{ var: 'income' }, { if: [{ '==': [{ var: 'city' }, 'east'] }, 0.2, 0.1] }] }],
};

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'income', type: 'NUMBER', label: 'Income' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'discount', type: 'NUMBER', label: 'Discount', validation: { rule } },
    { key: 'share', type: 'FORMULA', label: 'Share', formula: { '/': [{ var: 'discount' }, 2] } },
  ]);
  const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
    'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
    { input: { name: 'sales', capabilities: [], defaultAccess: 'WRITE' } },
  );
  await server.ask(
    'mutation ($id: ID!) { setFieldAccess(roleId: $id, entries: [{ fieldKey: "income", access: HIDDEN }]) { id } }',
    { id: saveRole.id },
  );
  sales = await server.signInAs([saveRole.id]);
});
afterAll(() => server.close());

async function answer(input: object, token: string): Promise<unknown> {
  const { data, errors } = await server.call<{ saveCustomer: { customer: { values: unknown } } }>(
    SAVE,
    { input },
    { token },
  );
  const extensions = errors?.[0]?.extensions as { code: string; fields?: string[]; issues?: { code: string }[] };
  return data ? data.saveCustomer.customer.values : (extensions.issues?.map(({ code }) => code) ?? extensions.code);
}

describe('a field whose rule reads what the viewer may not', () => {
  it('is read, not written, whatever the rule would say', async () => {
    for (const income of [10, 10_000]) {
      const { customer } = await saveCustomer(server, { values: { income, city: 'east', discount: 1 } });
      const input = { id: customer.id, version: 1, values: { discount: 5 } };
      expect(await answer(input, sales)).toBe('FIELD_FORBIDDEN');
      expect(await answer({ ...input, values: { discount: 1, city: 'west' } }, sales)).toEqual({
        city: 'west',
        discount: 1,
        share: 0.5,
      });
    }
    const { fields } = await server.ask<{ fields: { key: string; access: string }[] }>(
      '{ fields { key access } }',
      {},
      { token: sales },
    );
    expect(fields.find(({ key }) => key === 'discount')).toEqual({ key: 'discount', access: 'READ' });
  });

  it('is asked of who may read all of it', async () => {
    const { customer } = await saveCustomer(server, { values: { income: 100, city: 'east', discount: 15 } });
    const input = { id: customer.id, version: 1, values: { city: 'west' } };
    expect(await answer(input, server.token)).toEqual(['RULE']);
    expect(await answer({ ...input, values: { discount: 20 } }, server.token)).toMatchObject({ discount: 20 });
  });

  it('keeps nobody from making customers', async () => {
    expect(await answer({ values: { city: 'east' } }, sales)).toEqual({ city: 'east', discount: null, share: null });
  });
});

it('a rule may read a formula that reads its own field', async () => {
  await server.ask(
    'mutation ($input: FieldInput!) { updateField(key: "discount", version: 1, input: $input) { key } }',
    { input: { validation: { rule: { '<': [{ var: 'share' }, 1_000] } } } },
  );
  await server.ask('mutation ($input: FieldInput!) { updateField(key: "share", version: 1, input: $input) { key } }', {
    input: { formula: { '/': [{ var: 'discount' }, 4] } },
  });
  expect(await answer({ values: { discount: 5_000 } }, server.token)).toEqual(['RULE']);
});
