import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typeChanges } from '../../conversions/type-change-steps.ts';
import { databaseClock, type RequestContext } from '../../platform/context.ts';
import { createLog } from '../../platform/log.ts';
import { newId } from '../../platform/uuid.ts';
import { activeSegment, createFields, membershipErrors, saveCustomer } from '../../testing/calls.ts';
import { formulaErrors } from '../../testing/formula-errors.ts';
import { historyErrors } from '../../testing/history-errors.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { sweepDue } from '../sweep-due.ts';
import { announce } from './announce.ts';
import { catchUpNext, scanNext } from './build.ts';
import type { RebuildTarget } from './rebuild.ts';
import { retire } from './retire.ts';
import { swap } from './swap.ts';
import { tellNext } from './tell.ts';
import type { RebuildRun } from './type-changes.ts';

const over = (limit: number) => ({ '>': [{ var: 'spend' }, limit] });
const score = (factor: number) => ({ '*': [{ var: 'spend' }, factor] });
const today = { '==': [{ days_since: [{ var: 'seen' }] }, 0] };

let server: TestServer;
let ctx: RequestContext;
let segment: { readonly id: string };
let customers: { id: string; version: number }[] = [];

/** `big` is asked for by `big_today` and that one by `others`, so that three segments are built together. */
beforeAll(async () => {
  server = await startTestServer({ many: 3 });
  const { database } = server;
  const log = createLog('error');
  ctx = { database, clock: databaseClock, log, locale: 'en', requestId: '', address: '', actorId: null };
  await createFields(server, [
    { key: 'spend', type: 'NUMBER', label: '消费' },
    { key: 'seen', type: 'DATETIME', label: '到店' },
  ]);
  segment = await activeSegment(server, 'big', over(50));
  await activeSegment(server, 'big_today', { and: [{ in_segment: ['big'] }, today] });
  await activeSegment(server, 'others', { '!': [{ in_segment: ['big_today'] }] });
  await createFields(server, [
    { key: 'score', type: 'FORMULA', label: '得分', formula: score(1) },
    { key: 'rank', type: 'FORMULA', label: '名次', formula: { if: [today, { '-': [0, { var: 'score' }] }, null] } },
  ]);
  await activeSegment(server, 'high', { '>': [{ var: 'score' }, 50] });
  await activeSegment(server, 'first', { and: [{ in_segment: ['high'] }, { '<': [{ var: 'rank' }, -60] }] });
});
afterAll(() => server.close());

/** A run whose steps the test takes. */
function runOf(target: RebuildTarget): RebuildRun {
  const done = async () => undefined;
  const place = { done: 0, cursor: null, result: null, isDecided: false };
  return { jobId: newId(), input: target, ctx, ...place, advance: done, proceed: done, decide: done, typeChanges };
}

async function ruleTarget(rule: unknown): Promise<RebuildTarget> {
  const [row] = await server.database.source
    .query<{ version: number }[]>('update segment set version = version + 1 where id = $1 returning version', [
      segment.id,
    ])
    .then(([rows]) => rows as unknown as { version: number }[]);
  const savedAt = new Date().toISOString();
  return { act: 'RULE', segmentId: segment.id, rule, version: row!.version, savedAt, savedBy: null };
}

const values = fc.record({
  spend: fc.constantFrom(10, 40, 60, 100),
  // Some are seen only just before today is over.
  seen: fc.constantFrom(-1, 0, 1).map((days) => new Date(Date.now() + days * 86_400_000).toISOString()),
});
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ changes: fc.nat(9), to: values }) },
  { weight: 1, arbitrary: fc.record({ adds: values }) },
  { weight: 1, arbitrary: fc.record({ erases: fc.nat(9) }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

async function act(what: Action): Promise<void> {
  if ('adds' in what) customers.push((await saveCustomer(server, { values: what.adds })).customer);
  else if (customers.length === 0) return;
  else if ('changes' in what) {
    const at = what.changes % customers.length;
    const { id, version } = customers[at]!;
    customers[at] = (await saveCustomer(server, { id, version, values: what.to })).customer;
  } else {
    const [{ id, version }] = customers.splice(what.erases % customers.length, 1) as [{ id: string; version: number }];
    await server.ask('mutation ($id: ID!, $version: Int!) { eraseCustomer(id: $id, version: $version) }', {
      id,
      version,
    });
  }
}

/** Takes the steps of a rebuild one by one and something in between, and looks after each whether everybody stands right. */
async function rebuildAmong(target: RebuildTarget, between: () => Promise<void>): Promise<void> {
  const run = runOf(target);
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    const answer = await work();
    await between();
    expect([await membershipErrors(server), await formulaErrors(server, new Date().toISOString())]).toEqual([0, 0]);
    return answer;
  };
  await step(() => announce(run));
  while (await step(() => scanNext(run)));
  await step(() => catchUpNext(run));
  await step(() => swap(run));
  while (await step(() => tellNext(run)));
  await step(() => retire(ctx, run.jobId, typeChanges));
}

const plan = fc.record({
  start: fc.array(values, { minLength: 4, maxLength: 10 }),
  between: fc.array(fc.array(action, { maxLength: 3 }), { minLength: 12, maxLength: 12 }),
  limit: fc.constantFrom(0, 30, 50, 80, 200),
  /** Of the other formula. */
  factor: fc.constantFrom(0, 0.5, 1, 2, 5),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

async function keepsRight({ start, between, limit }: Plan) {
  await goesOnAmong(await ruleTarget(over(limit)), start, between);
}

async function keepsComputing({ start, between, factor }: Plan) {
  await goesOnAmong({ act: 'FORMULA', fieldKey: 'score', formula: score(factor) }, start, between);
}

async function goesOnAmong(target: RebuildTarget, start: Plan['start'], between: Plan['between']): Promise<void> {
  await asOwner('truncate membership, membership_change, customer_due; delete from customer');
  customers = [];
  for (const each of start) await act({ adds: each });
  const turns = between.values();
  await rebuildAmong(target, async () => {
    for (const each of turns.next().value ?? []) await act(each);
    await sweepDue(ctx, 100);
  });
  expect(await historyErrors(server)).toBe(0);
  expect(await leftBehind()).toBe(0);
}

/** What rebuilds may leave: rows of their tables, and members of generations that no segment points at. */
async function leftBehind(): Promise<number> {
  const [left] = await server.database.source.query<{ rows: number }[]>(
    `select ((select count(*) from rebuild) + (select count(*) from touched)
           + (select count(*) from membership m where not exists (select from segment s where s.generation_id = m.generation_id)))::int as rows`,
  );
  return left!.rows;
}

const runs = process.env['FULL_PROOFS'] ? 150 : 12;

describe('a change of a rule among many customers', () => {
  test('keeps everybody right at every step, whoever is saved, added or erased meanwhile', async () => {
    await fc.assert(fc.asyncProperty(plan, keepsRight), { numRuns: runs });
  }, 600_000);

  test('and one of a formula does the same of what is computed by it, and what reads that', async () => {
    await fc.assert(fc.asyncProperty(plan, keepsComputing), { numRuns: Math.ceil(runs / 2) });
  }, 600_000);

  test.each([
    ['before the swap', false],
    ['after it', true],
  ])('whose job dies %s is brought to its end by the next one', async (_, isSwapped) => {
    await asOwner('truncate membership, membership_change, customer_due; delete from customer');
    customers = [];
    for (const spend of [10, 40, 60, 100] as const) await act({ adds: { spend, seen: new Date().toISOString() } });
    await rebuildAmong(await ruleTarget(over(200)), async () => undefined);
    const run = runOf(await ruleTarget(over(20)));
    await asOwner(`insert into job (id, kind, status, input, created_at)
                   values ('${run.jobId}', 'segments.rebuild', 'FAILED', '${JSON.stringify(run.input)}', now())`);
    await announce(run);
    while (await scanNext(run));
    if (isSwapped) await swap(run);
    await activeSegment(server, isSwapped ? 'next' : 'before', over(70));
    while ((await leftBehind()) > 0) await sleep(20);
    expect([await membershipErrors(server), await historyErrors(server)]).toEqual([0, 0]);
    const [big] = await server.database.source.query<{ rule: unknown }[]>('select rule from segment where id = $1', [
      segment.id,
    ]);
    expect(big!.rule).toEqual(isSwapped ? over(20) : over(200));
  });

  test.each([
    ['who is saved meanwhile is not noted', 'touched', 'insert', 'return null;'],
    ['who was told of is not known', 'rebuild', 'update', 'new.told_after := null; return new;'],
  ])(
    'goes wrong where %s',
    async (_, table, event, body) => {
      await asOwner(`create function forget() returns trigger language plpgsql as $$ begin ${body} end $$;
      create trigger forget before ${event} on ${table} for each row execute function forget()`);
      try {
        const outcome = await fc.check(fc.asyncProperty(plan, keepsRight), { numRuns: 60, endOnFailure: true });
        expect(outcome.failed).toBe(true);
      } finally {
        await asOwner('drop function forget cascade');
        await server.database.source.query('delete from rebuild; delete from touched');
      }
    },
    600_000,
  );
});

async function asOwner(statement: string): Promise<void> {
  await server.database.source.query(`set role none; ${statement}; set role kequn_app`);
}
