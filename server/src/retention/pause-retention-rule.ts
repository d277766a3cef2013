import type { Sentence } from '@kequn/rules';
import type { FindOptionsWhere } from 'typeorm';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { requestCancel } from '../jobs/cancel-job.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { change } from '../platform/transaction.ts';
import { retentionRuleToStop } from './find-retention-rule.ts';
import { RetentionRule } from './retention-rule.ts';

/**
 * Ends the runs of a rule; one that is under way ends after its step. Pausing what is not active changes nothing. Needs ERASE_CUSTOMERS.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND.
 */
export async function pauseRetentionRule(ctx: Context, id: string): Promise<RetentionRule> {
  return change(ctx, async (tx) => {
    const rule = await retentionRuleToStop(tx, id);
    if (!rule.active) return rule;
    await stop(tx, rule, null);
    await tx.manager.save(RetentionRule, rule);
    await recordAudit(tx, { action: 'retention.paused', target: `retention:${id}`, changes: {} });
    return rule;
  });
}

/** Marks a rule as paused, with the reason where the system does it, and ends its run; the caller stores it. */
export async function stop(
  tx: Transactional<RequestContext>,
  rule: RetentionRule,
  problem: Sentence | null,
): Promise<void> {
  Object.assign(rule, { active: false, problem });
  if (rule.lastJobId) await requestCancel(tx, rule.lastJobId);
}

/** Pauses the active rule that is found by this, if there is one yet, and keeps the reason: what nobody asked for. */
export async function pauseWith(
  ctx: RequestContext,
  where: FindOptionsWhere<RetentionRule>,
  problem: Sentence,
): Promise<void> {
  await change(ctx, async (tx) => {
    const rule = await tx.manager.findOneBy(RetentionRule, { ...where, active: true });
    if (!rule) return;
    await stop(tx, rule, problem);
    await tx.manager.save(RetentionRule, rule);
    await recordAudit(tx, { action: 'retention.paused', target: `retention:${rule.id}`, changes: { problem } });
  });
}
