import type { RequestContext, Transactional } from '../platform/context.ts';
import { write } from '../platform/transaction.ts';
import type { Job } from './job.ts';
import { ownJob } from './own-jobs.ts';

/**
 * Stops a job of the viewer's: at once while it waits, else after the step that it is in. What it has done stays. Of a job that has
 * ended, or has come to where there is no way back, nothing changes.
 *
 * @throws {Refused} NOT_FOUND.
 */
export async function cancelJob(ctx: RequestContext, id: string): Promise<Job> {
  return write(ctx, async (tx) => {
    await ownJob(tx.manager, tx, id);
    await requestCancel(tx, id);
    return ownJob(tx.manager, tx, id);
  });
}

/** The same of a job that the caller was found to have the right to stop. */
export async function requestCancel(tx: Transactional<RequestContext>, id: string): Promise<void> {
  await tx.manager.query(
    `update job set cancel_requested = true,
            status = case when status = 'QUEUED' then 'CANCELLED' else status end,
            finished_at = case when status = 'QUEUED' then $2 else finished_at end
      where id = $1 and status in ('QUEUED', 'RUNNING') and not decided`,
    [id, await tx.clock.now(tx.manager)],
  );
}
