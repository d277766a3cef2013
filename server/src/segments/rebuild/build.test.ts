import { afterAll, beforeAll, expect, test } from 'vitest';
import { columnOf, settingsOf } from '../../fields/customer-table.ts';
import { typeChanges } from '../../conversions/type-change-steps.ts';
import { databaseClock, type RequestContext } from '../../platform/context.ts';
import { createLog } from '../../platform/log.ts';
import { write } from '../../platform/transaction.ts';
import { newId } from '../../platform/uuid.ts';
import { activeSegment, createFields, membershipErrors, saveCustomer } from '../../testing/calls.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { evaluateCustomers } from '../evaluate-customers.ts';
import { announce } from './announce.ts';
import { catchUpNext, scanNext } from './build.ts';
import { retire } from './retire.ts';
import { swap } from './swap.ts';
import { tellNext } from './tell.ts';
import type { RebuildRun } from './type-changes.ts';

let server: TestServer;
let ctx: RequestContext;

beforeAll(async () => {
  server = await startTestServer({ many: 1 });
  const { database } = server;
  const log = createLog('error');
  ctx = { database, clock: databaseClock, log, locale: 'en', requestId: '', address: '', actorId: null };
  await createFields(server, [
    { key: 'spend', type: 'NUMBER', label: '消费' },
    { key: 'seen', type: 'DATETIME', label: '到店' },
  ]);
});
afterAll(() => server.close());

/** A promise and what resolves it. */
function gate(): { passed: Promise<void>; open(): void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

/** Writes another value as a save does, and waits before it commits; resolves once it has written. */
async function saveSlowly(id: string, spend: number): Promise<{ commit(): Promise<void> }> {
  const [written, mayCommit] = [gate(), gate()];
  const saved = write(ctx, async (tx) => {
    await tx.manager.query('select from customer where id = $1 for no key update', [id]);
    await tx.manager.query(`update customer c set ${settingsOf([columnOf('spend')], ['$2'])} where id = $1`, [
      id,
      spend,
    ]);
    const at = await tx.clock.now(tx.manager);
    await evaluateCustomers(tx, [{ id, changed: new Set(['spend']) }], { cause: 'SAVE', at });
    written.open();
    await mayCommit.passed;
  });
  await Promise.race([written.passed, saved]);
  return {
    commit() {
      mayCommit.open();
      return saved;
    },
  };
}

/** Until something is done, or waits for what another transaction holds. */
async function doneOrWaiting(work: Promise<unknown>): Promise<void> {
  let isDone = false;
  const end = () => (isDone = true);
  work.then(end, end);
  const query = 'select count(*)::int as waiting from pg_locks where not granted and database is null';
  await expect
    .poll(async () => isDone || (await server.database.source.query<{ waiting: number }[]>(query))[0]!.waiting > 0)
    .toBe(true);
}

test('whoever is being saved while an earlier save of them is caught up with is asked after that save', async () => {
  const { customer } = await saveCustomer(server, { values: { spend: 10 } });
  const segment = await activeSegment(server, 'big', { '>': [{ var: 'spend' }, 100] });
  const done = async () => undefined;
  const input = {
    act: 'RULE' as const,
    segmentId: segment.id,
    rule: { '>': [{ var: 'spend' }, 50] },
    version: segment.version + 1,
    savedAt: new Date().toISOString(),
    savedBy: null,
  };
  const place = { done: 0, cursor: null, result: null, isDecided: false };
  const run: RebuildRun = {
    jobId: newId(),
    input,
    ctx,
    ...place,
    advance: done,
    proceed: done,
    decide: done,
    typeChanges,
  };
  await announce(run);
  while (await scanNext(run));
  await saveCustomer(server, { id: customer.id, version: customer.version, values: { spend: 20 } });

  const save = await saveSlowly(customer.id, 60);
  const catchingUp = catchUpNext(run);
  await doneOrWaiting(catchingUp);
  await save.commit();
  await catchingUp;

  await swap(run);
  while (await tellNext(run));
  await retire(ctx, run.jobId, typeChanges);
  expect(await membershipErrors(server)).toBe(0);
});

test('when time alone moves a customer by the new rule is noted', async () => {
  const seen = Date.now();
  const { customer } = await saveCustomer(server, { values: { seen: new Date(seen).toISOString() } });
  await activeSegment(server, 'fresh', { within_last: [{ var: 'seen' }, 2, 'hour'] });
  const query = 'select due_at as "dueAt" from customer_due where customer_id = $1';
  const dues = await server.database.source.query<{ dueAt: string }[]>(query, [customer.id]);
  expect(dues).toEqual([{ dueAt: new Date(seen + 2 * 3_600_000).toISOString() }]);
});
