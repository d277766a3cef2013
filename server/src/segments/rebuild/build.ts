import { checkRule, readsClock, ruleToSql, SqlParameters, type Node } from '@kequn/rules';
import { fieldCatalogue } from '../../fields/catalogue.ts';
import type { RequestContext, Transactional } from '../../platform/context.ts';
import { refused } from '../../platform/refused.ts';
import { kept } from '../../platform/rule-set.ts';
import { write } from '../../platform/transaction.ts';
import { liveRules } from '../live-rules.ts';
import { asThen } from './as-then.ts';
import { targetOf, type Whom } from './coming.ts';
import { computeComing, expectChanges } from './compute-coming.ts';
import { nextCustomers } from './pages.ts';
import { rebuildOf, type Rebuild, type RebuildPart } from './rebuild.ts';
import type { RebuildRun } from './type-changes.ts';

/** Customers of one step of catching up, which locks them while each part asks of them: the more parts, the fewer. */
const CAUGHT_UP_AT_ONCE = { fewest: 20, most: 200, askings: 400 } as const;
/** Customers of one step that writes their rows, and locks them for that. */
const COMPUTED_AT_ONCE = 2_000;

/** A part whose new members are being written. */
interface Building {
  readonly part: RebuildPart;
  readonly rule: Node;
}

/**
 * Writes who of the next customers are members, in the order of ids: none is locked, and whoever is saved meanwhile is noted by who saves.
 * Gives whether any may be left.
 */
export async function scanNext(run: RebuildRun): Promise<boolean> {
  return write(run.ctx, async (tx) => {
    const rebuild = await building(tx, run.jobId);
    const page = rebuild && (await nextCustomers(tx, rebuild.reached, pageSize(tx, rebuild)));
    if (!page) return false;
    const after = rebuild.reached;
    const whom: Whom = (parameters) =>
      `c.id <= ${parameters.add(page.to)}::uuid` + (after === null ? '' : ` and c.id > ${parameters.add(after)}::uuid`);
    if (rebuild.formulaKeys.length > 0) await lockInOrder(tx, whom);
    const then = await makeComing(tx, run, rebuild, whom);
    for (const each of await buildingsOf(then, rebuild)) await enter(then, rebuild, each, whom);
    await tx.manager.query('update rebuild set reached = $2 where id = $1', [rebuild.id, page.to]);
    await run.proceed(tx.manager, page.count);
    return true;
  });
}

function pageSize({ database }: Transactional<RequestContext>, { formulaKeys }: Rebuild): number {
  const most = Math.max(database.many, 1);
  return formulaKeys.length > 0 ? Math.min(most, COMPUTED_AT_ONCE) : most;
}

/** As every writer does, so that two that meet on the same rows wait for each other. */
async function lockInOrder({ manager }: Transactional<RequestContext>, whom: Whom): Promise<void> {
  const parameters = new SqlParameters();
  await manager.query(
    `select from customer c where ${whom(parameters)} order by c.id for no key update`,
    parameters.values,
  );
}

/**
 * Evaluates some of those who were saved since, so that little is left for the swap, during which nobody writes; gives whether more than a
 * step of them may be left.
 */
export async function catchUpNext(run: RebuildRun): Promise<boolean> {
  return write(run.ctx, async (tx) => {
    const rebuild = await building(tx, run.jobId);
    return rebuild !== undefined && (await catchUpSome(tx, run, rebuild)) >= caughtUpAtOnce(rebuild);
  });
}

/** Evaluates some of those who were saved since the scan asked them; gives how many. */
export async function catchUpSome(
  tx: Transactional<RequestContext>,
  run: RebuildRun,
  rebuild: Rebuild,
): Promise<number> {
  const rows = await tx.manager.query<{ id: string }[]>(
    'select customer_id as id from touched order by customer_id limit $1',
    [caughtUpAtOnce(rebuild)],
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  // Whoever holds one of them now has noted it already: it is evaluated in a statement that begins after that commit.
  await tx.manager.query('select from customer where id = any($1::uuid[]) order by id for no key update', [ids]);
  const whom: Whom = (parameters) => `c.id = any(${parameters.add(ids)}::uuid[])`;
  const then = await makeComing(tx, run, rebuild, whom);
  for (const each of await buildingsOf(then, rebuild)) {
    await leave(then, rebuild, each, ids);
    await enter(then, rebuild, each, whom);
  }
  await tx.manager.query('delete from touched where customer_id = any($1::uuid[])', [ids]);
  return ids.length;
}

/** Makes of some customers, beside what they have, what fields are to hold. Gives the transaction by whose rules members are to be told. */
async function makeComing(
  tx: Transactional<RequestContext>,
  run: RebuildRun,
  rebuild: Rebuild,
  whom: Whom,
): Promise<Transactional<RequestContext>> {
  const { id, target } = rebuild;
  if (target.act === 'CONVERT') await run.typeChanges.convert(tx, { id, change: target }, whom);
  const then = await asThen(tx, target);
  await computeComing(then, rebuild, whom);
  return then;
}

function caughtUpAtOnce({ parts, formulaKeys }: Rebuild): number {
  const { fewest, most, askings } = CAUGHT_UP_AT_ONCE;
  const fitting = Math.floor(askings / Math.max(parts.length + formulaKeys.length, 1));
  return Math.min(Math.max(fitting, fewest), most);
}

async function building(tx: Transactional<RequestContext>, jobId: string): Promise<Rebuild | undefined> {
  const rebuild = await rebuildOf(tx.manager, jobId);
  return rebuild?.state === 'BUILDING' ? rebuild : undefined;
}

/**
 * The parts that have members, with their rules: of the segment that changes the new one, of the others the live one.
 *
 * @throws {Refused} RULE_INVALID when what the new rule reads has gone meanwhile.
 */
async function buildingsOf(
  tx: Transactional<RequestContext>,
  { target, parts }: Rebuild,
): Promise<readonly Building[]> {
  const { levels } = await kept(tx, liveRules);
  const live = new Map(levels.flat().map(({ segmentId, rule }) => [segmentId, rule]));
  const changed = 'segmentId' in target ? target.segmentId : undefined;
  const found: Building[] = [];
  for (const part of parts) {
    const rule = part.segmentId === changed ? await newRule(tx, target) : live.get(part.segmentId);
    if (rule && part.newGenerationId) found.push({ part, rule });
  }
  return found;
}

async function newRule(tx: Transactional<RequestContext>, target: Rebuild['target']): Promise<Node | undefined> {
  const raw = target.act === 'RULE' ? target.rule : await storedRule(tx, target);
  return raw === null || raw === undefined ? undefined : checkedAnew(tx, raw);
}

/**
 * Checks a rule once more that was checked when it was saved: the catalogue may be another one by now.
 *
 * @throws {Refused} RULE_INVALID.
 */
export async function checkedAnew(tx: Transactional<RequestContext>, raw: unknown): Promise<Node> {
  const { rules: catalogue } = await kept(tx, fieldCatalogue);
  const outcome = checkRule(raw, catalogue);
  if (!outcome.ok) throw refused('RULE_INVALID', { issues: outcome.problems });
  return outcome.value;
}

async function storedRule({ manager }: Transactional<RequestContext>, target: Rebuild['target']): Promise<unknown> {
  if (target.act !== 'ACTIVATE') return undefined;
  const [row] = await manager.query<{ rule: unknown }[]>('select rule from segment where id = $1', [target.segmentId]);
  return row?.rule;
}

/** Who stays keeps the day since when; of who enters it is told at the swap. */
async function enter(
  tx: Transactional<RequestContext>,
  rebuild: Rebuild,
  { part, rule }: Building,
  whom: Whom,
): Promise<void> {
  const { moment, parameters, target } = await targetOf(tx, rebuild);
  const [generation, old] = [parameters.add(part.newGenerationId), parameters.add(part.oldGenerationId)];
  const statement = `
    insert into membership (customer_id, generation_id, since)
    select c.id, ${generation}::uuid, coalesce(o.since, ${parameters.add(moment.now)}::timestamptz)
      from customer c left join membership o on o.generation_id = ${old}::uuid and o.customer_id = c.id
     where ${whom(parameters)} and ${ruleToSql(rule, target)}
    on conflict do nothing`;
  await tx.manager.query(statement, parameters.values);
  if (readsClock(rule)) await expectChanges(tx, rebuild, rule, whom);
}

async function leave(
  tx: Transactional<RequestContext>,
  rebuild: Rebuild,
  { part, rule }: Building,
  ids: readonly string[],
): Promise<void> {
  const { parameters, target } = await targetOf(tx, rebuild);
  const statement = `
    delete from membership m
     where m.generation_id = ${parameters.add(part.newGenerationId)}::uuid and m.customer_id = any(${parameters.add(ids)}::uuid[])
       and not exists (select from customer c where c.id = m.customer_id and ${ruleToSql(rule, target)})`;
  await tx.manager.query(statement, parameters.values);
}
