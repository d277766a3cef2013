import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { activeSegment, createFields, saveCustomer } from '../../server/src/testing/calls.ts';
import { createTestDatabase, startTestServer, type TestServer } from '../../server/src/testing/test-server.ts';
import { historyFaultsIn } from './history.ts';
import { inSnapshot, standingIn } from './invariant.ts';

let url: string;
let server: TestServer;
let id: string;

beforeAll(async () => {
  url = await createTestDatabase();
  server = await startTestServer({ databaseUrl: url });
  await createFields(server, [
    { key: 'points', type: 'NUMBER', label: '积分' },
    { key: 'promised', type: 'DATETIME', label: '约定时间' },
  ]);
  await activeSegment(server, 'rich', { '>': [{ var: 'points' }, 5] });
  await activeSegment(server, 'ahead', { '>': [{ var: 'promised' }, { now: [] }] });
});
afterAll(() => server.close());
beforeEach(async () => {
  const { customer } = await saveCustomer(server, { values: { points: 9, promised: '2100-01-01T00:00:00Z' } });
  id = customer.id;
});

/** By the owner of the tables, whom nothing keeps from it. */
async function spoil(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement.replaceAll(':id', `'${id}'`));
  await client.end();
}

const wrong = async () => (await inSnapshot(url, standingIn)).wrong.filter((fault) => fault.includes(id));
const historyFaults = async () => (await inSnapshot(url, historyFaultsIn)).filter((fault) => fault.includes(id));

test('a customer who was put where the rules say is no fault', async () => {
  expect(await wrong()).toEqual([]);
  expect(await historyFaults()).toEqual([]);
  expect((await inSnapshot(url, standingIn)).asked).toBeGreaterThanOrEqual(2);
});

test('a membership that is missing is found', async () => {
  await spoil(
    `delete from membership where customer_id = :id and generation_id = (select generation_id from segment where key = 'rich')`,
  );
  expect(await wrong()).toEqual([expect.stringMatching(/^rich: .* is no member/)]);
  expect(await historyFaults()).toEqual([expect.stringMatching(/^the last change is not what is stored/)]);
});

test('a membership that the rule does not give is found, but not of a customer who is due', async () => {
  await spoil(`update customer set f_promised = '2000-01-01' where id = :id`);
  expect(await wrong()).toEqual([expect.stringMatching(/^ahead: .* is member/)]);
  await spoil(`update customer_due set due_at = '2000-01-01' where customer_id = :id`);
  expect(await wrong()).toEqual([]);
});

test('a change that was not told, one that was told twice, and one that cannot be are found', async () => {
  await spoil(
    `delete from outbox where customer_id = :id and id = (select min(id) from outbox where customer_id = :id and kind like 'segment.%')`,
  );
  expect(await historyFaults()).toEqual([expect.stringMatching(/^outbox and history differ: .*done/)]);
  await spoil(`insert into membership_change (customer_id, segment_id, kind, at, cause)
               select customer_id, segment_id, kind, at, cause from membership_change where customer_id = :id limit 1`);
  expect(await historyFaults()).toContainEqual(expect.stringMatching(/^history does not alternate/));
});
