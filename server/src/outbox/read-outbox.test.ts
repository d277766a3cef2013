import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '../platform/uuid.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { presentPlace, readOutbox, type OutboxPlace } from './read-outbox.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const insert = `insert into outbox (customer_id, kind, payload, at) values ('${newId()}', 'customer.saved', $1, now())`;

interface Reading {
  readonly read: readonly number[];
  readonly place: OutboxPlace;
}

/** Goes on from a place, two at a time, and gives the numbers read and where it came to. */
async function readFrom({ read, place }: Reading): Promise<Reading> {
  const events = await readOutbox(server.database.source.manager, place, 2);
  if (events.length === 0) return { read, place };
  return readFrom({
    read: [...read, ...events.map(({ payload }) => Number(payload['n']))],
    place: events.at(-1)!.place,
  });
}

/** The same until so many were read: transactions in other databases of the cluster hold it back too, as long as they last. */
async function readUntil(count: number, reading: Reading): Promise<Reading> {
  let sofar = reading;
  await vi.waitFor(
    async () => {
      sofar = await readFrom(sofar);
      expect(sofar.read.length).toBeGreaterThanOrEqual(count);
    },
    { timeout: 20_000, interval: 50 },
  );
  return sofar;
}

const begin = async (): Promise<Reading> => ({ read: [], place: await presentPlace(server.database.source.manager) });

test('an event whose transaction ends later than that of a higher id is not skipped, and none is read twice', async () => {
  const { source } = server.database;
  const write = (n: number) => source.query(insert, [{ n }]);
  const slow = source.createQueryRunner();
  const start = await begin();
  await write(1);
  const first = await readUntil(1, start);
  await slow.startTransaction();
  await slow.query(insert, [{ n: 2 }]);
  await write(3);
  const meanwhile = await readFrom(first);
  await slow.commitTransaction();
  await slow.release();
  await write(4);
  const all = await readUntil(4, meanwhile);
  expect([first.read, meanwhile.read, all.read]).toEqual([[1], [1], [1, 2, 3, 4]]);
});

test('what is rolled back is never read', async () => {
  const { source } = server.database;
  const start = await begin();
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  await runner.query(insert, [{ n: 5 }]);
  await runner.rollbackTransaction();
  await runner.release();
  await source.query(insert, [{ n: 6 }]);
  expect((await readUntil(1, start)).read).toEqual([6]);
});
