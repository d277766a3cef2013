import { afterAll, beforeAll, expect, test } from 'vitest';
import { activeSegment, createFields, membershipErrors, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

/** Rounds of every writer: a tenth of the full proof unless FULL_PROOFS is set. */
const rounds = process.env['FULL_PROOFS'] ? 500 : 50;
const writers = 16;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(
    server,
    Array.from({ length: writers }, (_, i) => ({ key: `n${i}`, type: 'NUMBER', label: `n${i}` })),
  );
  await activeSegment(server, 'odd', { in: [{ var: 'n0' }, [1, 3, 5, 7, 9]] });
});
afterAll(() => server.close());

const SAVE = `mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { version } } }`;

/** Reads, then writes its own field at the version that it read; gives how many of its saves were accepted. */
async function write(id: string, key: string): Promise<{ accepted: number; last: number; codes: Set<string> }> {
  const outcome = { accepted: 0, last: 0, codes: new Set<string>() };
  for (let round = 1; round <= rounds; round += 1) {
    const { customer } = await server.ask<{ customer: { version: number } }>(
      'query ($id: ID!) { customer(id: $id) { version } }',
      { id },
    );
    const input = { id, version: customer.version, values: { [key]: round } };
    const { errors } = await server.call(SAVE, { input });
    if (errors) outcome.codes.add(errors[0]!.extensions.code);
    else Object.assign(outcome, { accepted: outcome.accepted + 1, last: round });
  }
  return outcome;
}

test('P73, P74: of many writers of one customer every loser is told, and no accepted save is lost', async () => {
  const { customer } = await saveCustomer(server, { values: {} });
  const outcomes = await Promise.all(Array.from({ length: writers }, (_, i) => write(customer.id, `n${i}`)));
  const accepted = outcomes.reduce((sum, outcome) => sum + outcome.accepted, 0);
  const after = await server.ask<{ customer: { version: number; values: Record<string, number | null> } }>(
    'query ($id: ID!) { customer(id: $id) { version values } }',
    { id: customer.id },
  );
  expect(after.customer.version).toBe(1 + accepted);
  expect(new Set(outcomes.flatMap(({ codes }) => [...codes]))).toEqual(new Set(['CONFLICT']));
  for (const [i, { last }] of outcomes.entries()) expect(after.customer.values[`n${i}`] ?? 0).toBe(last);
  expect(await membershipErrors(server)).toBe(0);
}, 600_000);
