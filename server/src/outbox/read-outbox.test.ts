import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/uuid.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { presentPlace, readOutbox, type OutboxPlace } from './read-outbox.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const insert = `insert into outbox (customer_id, kind, payload, at) values ('${newId()}', 'customer.saved', $1, now())`;

/** Reads what is new behind a place, two at a time, and gives the numbers and where it came to. */
async function readFrom(start: OutboxPlace): Promise<{ read: number[]; place: OutboxPlace }> {
  const read: number[] = [];
  let place = start;
  for (;;) {
    const events = await readOutbox(server.database.source.manager, place, 2);
    if (events.length === 0) return { read, place };
    read.push(...events.map(({ payload }) => Number(payload['n'])));
    place = events.at(-1)!.place;
  }
}

test('an event whose transaction ends later than that of a higher id is not skipped, and none is read twice', async () => {
  const { source } = server.database;
  const write = (n: number) => source.query(insert, [{ n }]);
  const slow = source.createQueryRunner();
  const start = await presentPlace(source.manager);
  await write(1);
  const first = await readFrom(start);
  await slow.startTransaction();
  await slow.query(insert, [{ n: 2 }]);
  await write(3);
  const meanwhile = await readFrom(first.place);
  await slow.commitTransaction();
  await slow.release();
  await write(4);
  const rest = await readFrom(meanwhile.place);
  expect([first.read, meanwhile.read, rest.read]).toEqual([[1], [], [2, 3, 4]]);
});

test('what is rolled back is never read', async () => {
  const { source } = server.database;
  const start = await presentPlace(source.manager);
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  await runner.query(insert, [{ n: 5 }]);
  await runner.rollbackTransaction();
  await runner.release();
  expect((await readFrom(start)).read).toEqual([]);
});
