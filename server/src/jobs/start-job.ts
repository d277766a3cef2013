import type { RequestContext, Transactional } from '../platform/context.ts';
import { newId } from '../platform/uuid.ts';
import { Job } from './job.ts';

/** What is to be done. */
export interface JobOrder {
  readonly kind: string;
  /** JSON that the kind understands. */
  readonly input: object;
  /** Of how many things, where it is known. */
  readonly total: number | null;
  /** Whether everybody may see how far it is. */
  readonly shared?: true;
}

/** Puts a job into the queue, in the transaction of whoever asks: it runs once that is committed, or never. */
export async function startJob(tx: Transactional<RequestContext>, order: JobOrder): Promise<Job> {
  const job = Object.assign(new Job(), order, {
    id: newId(),
    status: 'QUEUED',
    ownerId: tx.actorId,
    done: 0,
    cursor: null,
    result: null,
    error: null,
    decided: false,
    shared: order.shared ?? false,
    createdAt: await tx.clock.now(tx.manager),
    finishedAt: null,
  } satisfies Partial<Job>);
  await tx.manager.save(Job, job);
  await enqueue(tx, job.id);
  return job;
}

/** Has a job run, once the transaction is committed. */
export async function enqueue({ manager }: Transactional<RequestContext>, id: string): Promise<void> {
  await manager.query('select enqueue_job($1)', [id]);
}
