import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '../platform/context.ts';
import { notFound } from '../platform/refused.ts';
import type { Job } from './job.ts';
import { getJob } from './own-jobs.ts';

/** How often one looks how far a job is: it may run in any server process. */
const LOOK_MS = 500;

/**
 * A job that the viewer may see, as it is and whenever it has come further, until it has ended.
 *
 * @throws {Refused} NOT_FOUND.
 */
export async function watchJob(ctx: RequestContext, id: string): Promise<AsyncIterable<Job>> {
  const job = await getJob(ctx, id);
  if (!job) throw notFound();
  return whileItGoesOn(ctx, job);
}

async function* whileItGoesOn(ctx: RequestContext, first: Job): AsyncIterable<Job> {
  let told: Job = first;
  yield told;
  while (told.finishedAt === null && !ctx.signal?.aborted) {
    await sleep(LOOK_MS, undefined, { signal: ctx.signal }).catch(() => undefined);
    const job = await getJob(ctx, first.id);
    if (!job) return;
    if (isFurther(job, told)) yield job;
    told = job;
  }
}

function isFurther(now: Job, before: Job): boolean {
  return now.status !== before.status || now.done !== before.done || now.decided !== before.decided;
}
