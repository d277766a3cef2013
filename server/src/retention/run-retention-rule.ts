import { sentence, type Json } from '@kequn/rules';
import { In } from 'typeorm';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { eraseSelected } from '../customers/erase-selection.ts';
import { Job } from '../jobs/job.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import { write } from '../platform/transaction.ts';
import { requireSameBasis } from './basis.ts';
import { requireSelectiveRule } from './check-retention-rule.ts';
import { retentionRuleToChange } from './find-retention-rule.ts';
import { RETENTION_RUN, type RunOrder } from './retention-run.ts';
import { RetentionRule } from './retention-rule.ts';

const notActive = sentence('请先启用这条规则', 'Activate this rule first');
const underWay = sentence(
  '这条规则正在运行，请等它结束后再运行',
  'This rule is running already: run it again once that has ended',
);

/**
 * Runs an active retention rule at once, by the rights of whoever asks; the next run is due a day later. Needs ERASE_CUSTOMERS.
 *
 * @throws {Refused} NOT_FOUND, RULE_INVALID, FIELD_FORBIDDEN; VALIDATION_FAILED where it is not active, a run of it goes on, or what it
 * goes by was changed; FORBIDDEN for a restricted one too.
 */
export async function runRetentionRule(ctx: Context, id: string): Promise<Job> {
  return write(ctx, async (tx) => {
    const { id: known } = await retentionRuleToChange(tx, id);
    // Whoever else runs it meanwhile is waited for, and found to have done so.
    const lock = { mode: 'pessimistic_write' } as const;
    const rule = await tx.manager.findOneOrFail(RetentionRule, { where: { id: known }, lock });
    if (!rule.active) throw invalid([{ path: 'active', code: 'INVALID', message: notActive }]);
    if (await isUnderWay(tx, rule)) throw invalid([{ path: 'job', code: 'INVALID', message: underWay }]);
    return startRun(tx, rule);
  });
}

/** Whether a run of a rule goes on: pausing stops the last one, so there is never another. */
export async function isUnderWay(tx: Transactional<Context>, { lastJobId }: RetentionRule): Promise<boolean> {
  return lastJobId !== null && tx.manager.existsBy(Job, { id: lastJobId, status: In(['QUEUED', 'RUNNING']) });
}

/**
 * Starts the job that erases the customers for whom a rule holds, for whoever the transaction acts; the caller has locked its row.
 *
 * @throws {Refused} FORBIDDEN, RULE_INVALID, FIELD_FORBIDDEN, VALIDATION_FAILED.
 */
export async function startRun(tx: Transactional<Context>, rule: RetentionRule): Promise<Job> {
  await requireSelectiveRule(tx, rule);
  await requireSameBasis(tx.manager, rule);
  const { id: ruleId, version, basis } = rule;
  const selection = { ids: null, filter: rule.rule as Json, search: null };
  const order: RunOrder = { selection, ruleId, version, basis };
  const job = await eraseSelected(tx, RETENTION_RUN, order);
  const lastRunAt = await tx.clock.now(tx.manager);
  await tx.manager.update(RetentionRule, { id: ruleId }, { lastRunAt, lastJobId: job.id });
  const target = `retention:${ruleId}`;
  await recordAudit(tx, { action: 'retention.run', target, changes: { job: job.id, total: job.total } });
  return job;
}
