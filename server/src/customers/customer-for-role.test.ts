import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let id: string;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'income', type: 'MONEY', label: 'Income', sensitive: true },
    { key: 'phone', type: 'PHONE', label: 'Phone' },
  ]);
  const values = { name: 'An', city: 'east', income: 7, phone: '13800138000' };
  id = (await saveCustomer(server, { values })).customer.id;
});
afterAll(() => server.close());

const ASK = 'query ($id: ID!, $roleId: ID!) { customer(id: $id) { valuesFor(roleId: $roleId) } }';
const manager = { capabilities: ['MANAGE_ROLES'] } as const;
const inCity = (city: string) => ({ rowScope: { '==': [{ var: 'city' }, city] } });

async function told(roleId: string, token = server.token): Promise<unknown> {
  const { customer } = await server.ask<{ customer: { valuesFor: unknown } }>(ASK, { id, roleId }, { token });
  return customer.valuesFor;
}

describe('P01 a customer as a role sees it', () => {
  test('has what the role reads: hidden fields absent, masked ones masked', async () => {
    const role = await makeRole(server, inCity('east'), { income: 'HIDDEN', phone: 'MASKED' });
    expect(await told(role)).toEqual({ name: 'An', city: 'east', phone: expect.stringContaining('*') });
  });

  test('is nothing where it lies in no scope of the role', async () => {
    expect(await told(await makeRole(server, inCity('west')))).toBe(null);
  });

  test('has nothing that the viewer may not read', async () => {
    const token = await server.signInAs([await makeRole(server, manager, { income: 'HIDDEN', phone: 'MASKED' })]);
    const lesser = await makeRole(server, {}, { income: 'HIDDEN', phone: 'MASKED', city: 'HIDDEN' });
    expect(await told(lesser, token)).toEqual({ name: 'An', phone: expect.stringContaining('*') });
    const wider = await makeRole(server);
    expect(await refusalOf(server, ASK, { id, roleId: wider }, token)).toBe('FORBIDDEN');
  });

  test('is told to who manages roles', async () => {
    const role = await makeRole(server);
    const token = await server.signInAs([role]);
    expect(await refusalOf(server, ASK, { id, roleId: role }, token)).toBe('FORBIDDEN');
    expect(await refusalOf(server, ASK, { id, roleId: id })).toBe('NOT_FOUND');
  });

  test('P62 is noted as a read of it', async () => {
    await told(await makeRole(server));
    const { sensitiveReads } = await server.ask<{ sensitiveReads: { nodes: object[] } }>(
      '{ sensitiveReads(first: 1) { nodes { fieldKeys customers { id } } } }',
    );
    expect(sensitiveReads.nodes).toEqual([{ fieldKeys: ['income'], customers: [{ id }] }]);
  });
});
