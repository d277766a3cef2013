import { setTimeout as sleep } from 'node:timers/promises';
import { sentence } from '@kequn/rules';
import type { Job } from '../../jobs/job.ts';
import { startJob } from '../../jobs/start-job.ts';
import type { RequestContext, Transactional } from '../../platform/context.ts';
import { invalid } from '../../platform/refused.ts';
import { kept } from '../../platform/rule-set.ts';
import { alone } from '../../platform/transaction.ts';
import { rebuildKind, rebuildsOf, rebuildUnderWay, type RebuildTarget } from './rebuild.ts';

/** How often one looks whether a rebuild has come to its swap. */
const LOOK_MS = 50;

/** Whether customers are so many that a change is made right for everybody by a job; among fewer it is part of the change itself. */
export async function isForAJob(tx: Transactional<RequestContext>): Promise<boolean> {
  if (await kept(tx, rebuildUnderWay)) return true;
  const { many } = tx.database;
  const query = 'select count(*)::int as count from (select from customer limit $1) c';
  const [row] = await tx.manager.query<{ count: number }[]>(query, [many]);
  return row!.count >= many;
}

/** Has a job do it, once the transaction is committed. */
export async function startRebuild(tx: Transactional<RequestContext>, target: RebuildTarget): Promise<Job> {
  const [row] = await tx.manager.query<{ total: number }[]>('select count(*)::int as total from customer');
  return startJob(tx, { kind: rebuildKind, input: target, total: row!.total, shared: true });
}

/** The same, unless a job for this very target waits or runs already. */
export async function startRebuildOnce(tx: Transactional<RequestContext>, target: RebuildTarget): Promise<void> {
  const [known] = await tx.manager.query<{ id: string }[]>(
    `select id from job where kind = $1 and status in ('QUEUED', 'RUNNING') and input = $2::jsonb limit 1`,
    [rebuildKind, JSON.stringify(target)],
  );
  if (!known) await startRebuild(tx, target);
}

/**
 * Refuses a change of a segment that a job is changing.
 *
 * @throws {Refused} VALIDATION_FAILED.
 */
export async function requireNoRebuild(tx: Transactional<RequestContext>, segmentId: string): Promise<void> {
  if (!(await rebuildsOf(tx, [segmentId])).has(segmentId)) return;
  const message = sentence(
    '上一次修改还在计算中，请等它完成，或先取消它',
    'The change before is still being worked out: wait for its end, or cancel it',
  );
  throw invalid([{ path: 'rule', code: 'INVALID', message }]);
}

/**
 * Waits until memberships are right for everybody, or until it was cancelled, or the caller has gone.
 *
 * @throws {Refused} VALIDATION_FAILED with the reason when it failed: everything is as it was.
 */
export async function untilRebuilt(ctx: RequestContext, jobId: string): Promise<void> {
  while (!ctx.signal?.aborted) {
    const [job] = await alone(ctx, (manager) =>
      manager.query<(Pick<Job, 'status' | 'error'> & { decided: boolean })[]>(
        'select status, error, decided from job where id = $1',
        [jobId],
      ),
    );
    if (!job || job.decided || job.status === 'SUCCEEDED' || job.status === 'CANCELLED') return;
    if (job.status === 'FAILED') throw invalid([{ path: '', code: 'INVALID', message: job.error! }]);
    await sleep(LOOK_MS);
  }
}
