import { afterAll, beforeAll, expect, test } from 'vitest';
import { activeSegment, createFields, membershipErrors, saveCustomer } from '../testing/calls.ts';
import { cuttableDatabase, type CuttableDatabase } from '../testing/cuttable-database.ts';
import { createTestDatabase, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let way: CuttableDatabase;

beforeAll(async () => {
  way = await cuttableDatabase(await createTestDatabase());
  server = await startTestServer({ databaseUrl: way.url });
  await createFields(server, [{ key: 'round', type: 'NUMBER', label: '轮' }]);
  await activeSegment(server, 'later', { '>': [{ var: 'round' }, 5] });
});
afterAll(async () => {
  await server.close();
  way.close();
});

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Reads a customer and saves her next version. */
async function saveNext(id: string, round: number): Promise<Awaited<ReturnType<TestServer['call']>>> {
  const read = await server.call<{ customer: { version: number } }>(
    'query ($id: ID!) { customer(id: $id) { version } }',
    { id },
  );
  if (read.errors) return { ...read, data: {} };
  return server.call('mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { version } } }', {
    input: { id, version: read.data.customer.version, values: { round } },
  });
}

test('a database that goes away while customers are saved: callers are told to try later, and what was accepted is there', async () => {
  const customers = await Promise.all(
    Array.from({ length: 8 }, async () => (await saveCustomer(server, { values: { round: 0 } })).customer),
  );
  const over = new AbortController();
  const codes = new Set<unknown>();
  const kept = new Map<string, number>();
  const writers = customers.map(async ({ id }) => {
    for (let round = 1; !over.signal.aborted || !kept.has(id); round += 1) {
      const { data, errors } = await saveNext(id, round);
      if (errors) codes.add(errors[0]!.extensions.code);
      else if (data) kept.set(id, round);
    }
  });
  for (let time = 0; time < 3; time += 1) {
    await pause(200);
    way.cut();
    await pause(200);
    way.mend();
  }
  await pause(500);
  over.abort();
  kept.clear();
  // Nobody helps: the server finds its way back by itself, and each writer goes on until it was accepted once more.
  await Promise.all(writers);

  expect([...codes]).toEqual(['UNAVAILABLE']);
  for (const { id } of customers) {
    const { customer } = await server.ask<{ customer: { values: { round: number } } }>(
      'query ($id: ID!) { customer(id: $id) { values } }',
      { id },
    );
    expect(customer.values.round).toBe(kept.get(id));
  }
  expect(await membershipErrors(server)).toBe(0);
});
