import { In } from 'typeorm';
import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { erasedIn } from '../customers/erase-selection.ts';
import { Job } from '../jobs/job.ts';
import type { Transactional } from '../platform/context.ts';
import { read } from '../platform/transaction.ts';
import { isReadOfEverybody, isRestricted } from './find-retention-rule.ts';
import { RetentionRule } from './retention-rule.ts';

/**
 * All retention rules, newest first. Needs ERASE_CUSTOMERS.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function listRetentionRules(ctx: Context): Promise<RetentionRule[]> {
  return read(ctx, async (tx) => {
    await requireCapability(tx, 'ERASE_CUSTOMERS');
    return tx.manager.find(RetentionRule, { order: { createdAt: 'DESC', id: 'DESC' } });
  });
}

/** Whether each of these rules is restricted for the viewer. */
export async function restrictedRules(ctx: Context, rules: readonly RetentionRule[]): Promise<boolean[]> {
  return read(ctx, async (tx) => {
    const restricted: boolean[] = [];
    for (const rule of rules) restricted.push(await isRestricted(tx, rule));
    return restricted;
  });
}

/**
 * How many customers the last run of each of these rules has erased; null where there was none, of a restricted rule, and of a run that
 * somebody else started where the viewer does not see every customer.
 */
export async function erasedByRuns(ctx: Context, rules: readonly RetentionRule[]): Promise<(number | null)[]> {
  return read(ctx, async (tx) => {
    const jobs = await tx.manager.findBy(Job, { id: In(rules.flatMap(({ lastJobId }) => lastJobId ?? [])) });
    const erased: (number | null)[] = [];
    for (const rule of rules) {
      const job = jobs.find(({ id }) => id === rule.lastJobId);
      erased.push(job && (await mayCount(tx, rule, job)) ? erasedIn(job.result) : null);
    }
    return erased;
  });
}

async function mayCount(tx: Transactional<Context>, rule: RetentionRule, { ownerId }: Job): Promise<boolean> {
  const isOwn = ownerId === tx.viewer.user.id && !tx.viewer.viewsAs;
  return isOwn ? !(await isRestricted(tx, rule)) : isReadOfEverybody(tx, rule);
}

/** Those of these jobs that the viewer started and that go on; null for any other. */
export async function ownJobsUnderWay(ctx: Context, jobIds: readonly string[]): Promise<(Job | null)[]> {
  return read(ctx, async ({ manager }) => {
    const of = { ownerId: ctx.viewer.user.id, status: In(['QUEUED', 'RUNNING']) };
    const jobs = await manager.findBy(Job, { ...of, id: In(jobIds) });
    return jobIds.map((id) => jobs.find((job) => job.id === id) ?? null);
  });
}
