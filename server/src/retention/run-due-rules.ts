import { checkRule, sentence, type Sentence } from '@kequn/rules';
import { IsNull, LessThanOrEqual, type FindOptionsWhere } from 'typeorm';
import { actFor } from '../access/act-for.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { Refused, refusalWords } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { alone, read, write } from '../platform/transaction.ts';
import { pauseWith } from './pause-retention-rule.ts';
import { RetentionRule, RUN_EVERY_MS } from './retention-rule.ts';
import { isUnderWay, startRun } from './run-retention-rule.ts';

const isGone = sentence('启用这条规则的用户已停用', 'The user who activated it is no longer active');
const mayNotErase = sentence(
  '启用这条规则的用户已无权彻底删除客户',
  'The user who activated it may no longer erase customers',
);
const mayNotRead = sentence(
  '启用这条规则的用户已无权查看规则用到的字段',
  'The user who activated it may no longer read the fields that it uses',
);
const isNoRule = sentence('规则用到的字段或分群已不存在', 'A field or segment that it uses is not there any more');

/** Runs every active rule that has not run for a day, and pauses those that cannot be. Gives how many were run. */
export async function runDueRules(ctx: RequestContext): Promise<number> {
  let runs = 0;
  for (const rule of await dueRules(ctx)) if (await runIfDue(ctx, rule)) runs += 1;
  return runs;
}

async function dueRules(ctx: RequestContext): Promise<readonly RetentionRule[]> {
  return alone(ctx, async (manager) =>
    manager.find(RetentionRule, { where: due(await ctx.clock.now(manager)), order: { id: 'ASC' } }),
  );
}

/** Active, and not run within the day before an instant. */
function due(now: string): FindOptionsWhere<RetentionRule>[] {
  const latest = new Date(Date.parse(now) - RUN_EVERY_MS).toISOString();
  return [
    { active: true, lastRunAt: IsNull() },
    { active: true, lastRunAt: LessThanOrEqual(latest) },
  ];
}

async function runIfDue(ctx: RequestContext, rule: RetentionRule): Promise<boolean> {
  try {
    const actor = await actFor({ ...ctx, actorId: rule.activatedBy });
    return await write(actor, (tx) => claimAndRun(tx, rule)).catch((error: unknown) => pauseFor(ctx, rule, error));
  } catch (error) {
    if (error instanceof Refused && error.code === 'FORBIDDEN') return notRun(ctx, rule, isGone);
    throw error;
  }
}

/** Of several processes one gets the row, and the others find that it has run when they could have it. A run that goes on is waited for. */
async function claimAndRun(tx: Transactional<Context>, { id, activatedBy }: RetentionRule): Promise<boolean> {
  const now = await tx.clock.now(tx.manager);
  const rule = await tx.manager.findOne(RetentionRule, {
    where: due(now).map((of) => ({ ...of, id, activatedBy: activatedBy! })),
    lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
  });
  if (!rule || (await isUnderWay(tx, rule))) return false;
  await startRun(tx, rule);
  return true;
}

async function pauseFor(ctx: RequestContext, rule: RetentionRule, error: unknown): Promise<boolean> {
  if (!(error instanceof Refused) || error.code === 'UNAVAILABLE') throw error;
  return notRun(ctx, rule, await problemOf(ctx, rule, error));
}

async function problemOf(ctx: RequestContext, { rule }: RetentionRule, { code, details }: Refused): Promise<Sentence> {
  if (code === 'FORBIDDEN') return mayNotErase;
  if (code === 'FIELD_FORBIDDEN') return mayNotRead;
  // What is hidden from the user is answered as what is not there: which of them it is, the whole catalogue tells.
  if (code === 'RULE_INVALID') return (await isRule(ctx, rule)) ? mayNotRead : isNoRule;
  return details.issues?.[0]?.message ?? refusalWords[code];
}

async function isRule(ctx: RequestContext, rule: unknown): Promise<boolean> {
  return read(ctx, async (tx) => checkRule(rule, (await kept(tx, fieldCatalogue)).rules).ok);
}

/** Unless somebody has activated it anew meanwhile. */
async function notRun(ctx: RequestContext, { id, activatedAt }: RetentionRule, problem: Sentence): Promise<false> {
  await pauseWith(ctx, { id, activatedAt: activatedAt! }, problem);
  return false;
}
