import type { RequestContext } from '../platform/context.ts';
import { write } from '../platform/transaction.ts';
import type { Job } from './job.ts';
import { ownJob } from './own-jobs.ts';
import { enqueue } from './start-job.ts';

/**
 * Lets a job of the viewer's that failed or was cancelled go on from where it ended. Of any other nothing changes.
 *
 * @throws {Refused} NOT_FOUND.
 */
export async function retryJob(ctx: RequestContext, id: string): Promise<Job> {
  return write(ctx, async (tx) => {
    await ownJob(tx.manager, tx, id);
    const [rows] = await tx.manager.query<[unknown[], number]>(
      `update job set status = 'QUEUED', cancel_requested = false, error = null, finished_at = null, worker = null
        where id = $1 and status in ('FAILED', 'CANCELLED') returning id`,
      [id],
    );
    if (rows.length > 0) await enqueue(tx, id);
    return ownJob(tx.manager, tx, id);
  });
}
