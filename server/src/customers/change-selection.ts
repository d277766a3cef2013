import { actFor } from '../access/act-for.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import { countCustomers } from '../fields/scoped-customers.ts';
import type { Job } from '../jobs/job.ts';
import type { JobProgress, JobRun } from '../jobs/job-kind.ts';
import { startJob } from '../jobs/start-job.ts';
import type { Transactional } from '../platform/context.ts';
import { write } from '../platform/transaction.ts';
import { lockCustomers } from './lock-customer.ts';
import { nextOf, selectionQuery, type StoredSelection } from './selection.ts';

/** Customers of one step: few enough that nobody waits long for their locks. */
const STEP = 100;

/** What a job on a selection was asked to do; its kind adds to it what it needs. */
export interface SelectionOrder {
  readonly selection: StoredSelection;
}

/** Starts a job on a selection. */
export async function startOnSelection(tx: Transactional<Context>, kind: string, order: SelectionOrder): Promise<Job> {
  const total = await countCustomers(tx, await selectionQuery(tx, order.selection));
  const job = await startJob(tx, { kind, input: order, total });
  await recordAudit(tx, { action: 'job.started', target: `job:${job.id}`, changes: { kind, total } });
  return job;
}

/**
 * Goes through a selection in steps, each a transaction with the rights of whoever asked as they are then. A customer that is gone
 * meanwhile, or no longer matches when its turn comes, is left out. What is `required` is asked first in each step, and ends the job
 * where it refuses.
 */
export async function forSelection(
  run: JobRun,
  selection: StoredSelection,
  step: (tx: Transactional<Context>, customers: readonly CustomerRow[], result: unknown) => Promise<object>,
  required: (tx: Transactional<Context>) => Promise<void> = async () => undefined,
): Promise<void> {
  let progress: JobProgress = run;
  for (let isMore = true; isMore;) {
    const ctx = await actFor(run.ctx);
    [progress, isMore] = await write(ctx, async (tx): Promise<[JobProgress, boolean]> => {
      await required(tx);
      const afterId = progress.cursor as string | null;
      // Ids grow with time, so those made after the job was asked for come behind its own.
      const ids = await nextOf(tx, selection, { afterId, beforeId: run.jobId, limit: STEP });
      const customers = await lockCustomers(tx, ids, await selectionQuery(tx, selection));
      const result = await step(tx, customers, progress.result);
      const next = { done: progress.done + ids.length, cursor: ids.at(-1) ?? afterId, result };
      await run.advance(tx.manager, next);
      return [next, ids.length === STEP];
    });
  }
}
