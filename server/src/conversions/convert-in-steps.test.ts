import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Field, type FieldInput } from '../fields/field.ts';
import { databaseClock, type RequestContext } from '../platform/context.ts';
import { createLog } from '../platform/log.ts';
import { newId } from '../platform/uuid.ts';
import { announce } from '../segments/rebuild/announce.ts';
import { catchUpNext, scanNext } from '../segments/rebuild/build.ts';
import type { TypeChange } from '../segments/rebuild/rebuild.ts';
import { rebuildSegments } from '../segments/rebuild/rebuild-job.ts';
import { retire } from '../segments/rebuild/retire.ts';
import { swap } from '../segments/rebuild/swap.ts';
import { tellNext } from '../segments/rebuild/tell.ts';
import type { RebuildRun } from '../segments/rebuild/type-changes.ts';
import { activeSegment, createFields, membershipErrors, saveCustomer, saveSegment } from '../testing/calls.ts';
import { conversionsOf, convert, undoLast } from '../testing/conversion-calls.ts';
import { leftOfConversions, worldOf } from '../testing/conversion-world.ts';
import { formulaErrors } from '../testing/formula-errors.ts';
import { historyErrors } from '../testing/history-errors.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { settingsOf } from './convert-field.ts';
import { fieldAs } from './field-as.ts';
import { typeChanges } from './type-change-steps.ts';

/** The same is done on both: one changes types by jobs, three customers a step, the other in one transaction. */
let many: TestServer;
let few: TestServer;
let ctx: RequestContext;

const isAn = { '==': [{ var: 'mail' }, 'an@b.cn'] };

async function prepare(server: TestServer): Promise<void> {
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名' },
    { key: 'mail', type: 'TEXT', label: '邮箱' },
    { key: 'note', type: 'TEXT', label: '备注' },
    { key: 'is_an', type: 'FORMULA', label: '是安', formula: isAn },
    { key: 'is_not', type: 'FORMULA', label: '不是', formula: { '!': [{ var: 'is_an' }] } },
  ]);
  await activeSegment(server, 'an', isAn);
  await activeSegment(server, 'others', {
    and: [{ '!': [{ in_segment: ['an'] }] }, { '!=': [{ var: 'mail' }, null] }],
  });
  await activeSegment(server, 'computed', { '==': [{ var: 'is_not' }, false] });
}

beforeAll(async () => {
  [many, few] = await Promise.all([startTestServer({ many: 3 }), startTestServer()]);
  for (const server of [many, few]) await prepare(server);
  const { database } = many;
  const [admin] = await database.source.query<{ id: string }[]>('select id from app_user');
  const log = createLog('error');
  const actorId = admin!.id;
  ctx = { database, clock: databaseClock, log, locale: 'en', requestId: '', address: '', actorId };
}, 60_000);
afterAll(() => Promise.all([many.close(), few.close()]));

/** A run whose steps the test takes. */
function runOf(input: TypeChange): RebuildRun {
  const done = async () => undefined;
  const place = { done: 0, cursor: null, result: null, isDecided: false };
  return { jobId: newId(), input, ctx, ...place, advance: done, proceed: done, decide: done, typeChanges };
}

async function changeTo(input: FieldInput, key = 'mail'): Promise<TypeChange> {
  const field = await many.database.source.manager.findOneByOrFail(Field, { key });
  const settings = settingsOf(fieldAs(field, input).field);
  return { act: 'CONVERT', fieldKey: key, version: field.version, settings, force: true, undoes: null };
}

async function changeBack(): Promise<TypeChange> {
  const [last] = await conversionsOf(many, 'mail');
  return { ...(await changeTo({ type: 'TEXT' })), undoes: last!.id };
}

const value = fc.constantFrom('an@b.cn', 'AN@b.cn', 'bo@b.cn', 'none', null);
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ changes: fc.nat(9), to: value }) },
  { weight: 1, arbitrary: fc.record({ adds: value }) },
  { weight: 1, arbitrary: fc.record({ erases: fc.nat(9) }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;
const between = fc.array(fc.array(action, { maxLength: 2 }), { minLength: 5, maxLength: 5 });
const plan = fc.record({ start: fc.array(value, { minLength: 3, maxLength: 8 }), there: between, back: between });

/** Customers of both servers, under one name. */
interface Twin {
  readonly name: string;
  readonly versions: Map<TestServer, { id: string; version: number }>;
}
let twins: Twin[] = [];
let named = 0;

async function actOn(server: TestServer, what: Action, twin: Twin): Promise<void> {
  const known = twin.versions.get(server);
  if ('erases' in what) {
    await server.ask('mutation ($id: ID!, $version: Int!) { eraseCustomer(id: $id, version: $version) }', known);
    return;
  }
  const mail = 'adds' in what ? what.adds : what.to;
  // What is an address is one of both types; what is none is entered while it may be.
  const { type } = await server.database.source.manager.findOneByOrFail(Field, { key: 'mail' });
  const values = { name: twin.name, mail: type === 'EMAIL' && mail === 'none' ? null : mail };
  const { customer } = await saveCustomer(server, { ...known, values });
  twin.versions.set(server, customer);
}

/** Does it on the server of jobs; gives how it is done on the other one, at its time. */
async function act(what: Action): Promise<() => Promise<void>> {
  if (!('adds' in what) && twins.length === 0) return async () => undefined;
  const at = 'changes' in what ? what.changes : 'erases' in what ? what.erases : 0;
  const twin = 'adds' in what ? { name: `c${(named += 1)}`, versions: new Map() } : twins[at % twins.length]!;
  if ('adds' in what) twins.push(twin);
  if ('erases' in what) twins = twins.filter((one) => one !== twin);
  await actOn(many, what, twin);
  return () => actOn(few, what, twin);
}

/**
 * Changes the type by steps with something in between, after each of which everybody stands right; on the other server at the place of the
 * swap. Both are the same then.
 */
async function convertOnBoth(
  change: TypeChange,
  onFew: () => Promise<void>,
  actions: readonly (readonly Action[])[],
): Promise<void> {
  const run = runOf(change);
  const turns = actions.values();
  const step = async <T>(work: () => Promise<T>, then: () => Promise<void> = async () => undefined): Promise<T> => {
    const answer = await work();
    await then();
    for (const each of turns.next().value ?? []) await (await act(each))();
    expect([await membershipErrors(many), await formulaErrors(many, new Date().toISOString())]).toEqual([0, 0]);
    return answer;
  };
  await step(() => announce(run));
  while (await step(() => scanNext(run)));
  await step(() => catchUpNext(run));
  await step(() => swap(run), onFew);
  while (await step(() => tellNext(run)));
  await step(() => retire(ctx, run.jobId, typeChanges));
  expect(await worldOf(many, 'mail')).toEqual(await worldOf(few, 'mail'));
  expect([await historyErrors(many), await leftOfConversions(many)]).toEqual([0, 0]);
}

async function clear(): Promise<void> {
  for (const { database } of [many, few]) {
    await database.source.query('set role none; truncate membership, membership_change, customer_due cascade');
    await database.source.query('delete from customer; delete from field_conversion_value; set role kequn_app');
  }
  twins = [];
}

describe('a change of type among many customers', () => {
  test('and its undoing come to what one transaction comes to, whoever is saved meanwhile, and everybody is right all the time', async () => {
    const runs = process.env['FULL_PROOFS'] ? 40 : 6;
    await fc.assert(
      fc.asyncProperty(plan, async ({ start, there, back }) => {
        await clear();
        for (const adds of start) await (await act({ adds }))();
        await convertOnBoth(
          await changeTo({ type: 'EMAIL' }),
          () => convert(few, 'mail', { type: 'EMAIL' }, true),
          there,
        );
        await convertOnBoth(await changeBack(), () => undoLast(few, 'mail'), back);
      }),
      { numRuns: runs },
    );
  }, 600_000);

  test.each([
    ['before it has read everybody', 1],
    ['before the swap', 2],
    ['after the swap', 3],
  ])('goes on where it was when its job died %s', async (_, died) => {
    await clear();
    for (const adds of ['an@b.cn', 'AN@b.cn', 'none', 'bo@b.cn', null] as const) await (await act({ adds }))();
    const run = runOf(await changeTo({ type: 'EMAIL' }));
    await announce(run);
    await scanNext(run);
    await (
      await act({ changes: 3, to: 'AN@b.cn' })
    )();
    if (died > 1) while (await scanNext(run));
    if (died > 2) await swap(run);
    await convert(few, 'mail', { type: 'EMAIL' }, true);
    await rebuildSegments(typeChanges).run({ ...run, isDecided: died > 2 });
    expect(await worldOf(many, 'mail')).toEqual(await worldOf(few, 'mail'));
    expect([await membershipErrors(many), await historyErrors(many), await leftOfConversions(many)]).toEqual([0, 0, 0]);
    for (const server of [many, few]) await undoLast(server, 'mail');
    expect(await worldOf(many, 'mail')).toEqual(await worldOf(few, 'mail'));
  });

  test.each([
    [
      'a rule was saved that it would break',
      'IN_USE',
      () => saveSegment(many, { key: 'a_draft', name: 'a draft', rule: { '==': [{ var: 'note' }, 'x'] } }),
    ],
    [
      'the field was changed',
      'CONFLICT',
      () => many.ask('mutation { updateField(key: "note", input: { help: "?" }) { key } }'),
    ],
  ])('is not made where meanwhile %s', async (_, code, meanwhile) => {
    await clear();
    for (const note of ['1', '2', 'three']) await saveCustomer(many, { values: { name: note, note } });
    const run = runOf(await changeTo({ type: 'NUMBER' }, 'note'));
    await announce(run);
    while (await scanNext(run));
    await meanwhile();
    const before = await worldOf(many, 'note');
    await expect(swap(run)).rejects.toMatchObject({ code });
    await many.database.source.query(
      `insert into job (id, kind, status, input, created_at) values ($1, 'segments.rebuild', 'FAILED', $2, now())`,
      [run.jobId, JSON.stringify(run.input)],
    );
    await rebuildSegments(typeChanges).abandon!(ctx, run.jobId);
    expect(await worldOf(many, 'note')).toEqual(before);
    expect(await leftOfConversions(many)).toBe(0);
    await many.database.source.query(`update segment set deleted_at = now() where key = 'a_draft'`);
  });

  test('is given up by the next one when its job died for good', async () => {
    await clear();
    for (const adds of ['an@b.cn', 'none', null] as const) await (await act({ adds }))();
    const before = await worldOf(many, 'mail');
    const run = runOf(await changeTo({ type: 'EMAIL' }));
    await many.database.source.query(
      `insert into job (id, kind, status, input, created_at) values ($1, 'segments.rebuild', 'FAILED', $2, now())`,
      [run.jobId, JSON.stringify(run.input)],
    );
    await announce(run);
    while (await scanNext(run));
    await activeSegment(many, `next${newId().slice(-6)}`, isAn);
    await expect.poll(() => leftOfConversions(many)).toBe(0);
    expect({ ...(await worldOf(many, 'mail')), memberships: before.memberships }).toEqual(before);
  });
});
