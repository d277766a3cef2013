import type { Sentence } from '@kequn/rules';
import type { EntityManager } from 'typeorm';
import type { Clock, Database, RequestContext } from '../platform/context.ts';
import type { Log } from '../platform/log.ts';
import type { SelfCheck } from '../platform/self-check.ts';
import { Refused, refusalWords } from '../platform/refused.ts';
import { alone } from '../platform/transaction.ts';
import { Job } from './job.ts';
import { JobStopped, type JobKind, type JobRun } from './job-kind.ts';

/** How often a run says that it is alive. */
const HEARTBEAT_MS = 10_000;

/** What every run uses. */
export interface JobParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly selfCheck?: SelfCheck;
  readonly kinds: readonly JobKind[];
  /** Whether the server is about to end. */
  ending(): boolean;
}

/** One attempt at a job. */
export interface Attempt {
  readonly jobId: string;
  /** Who makes it; whoever takes the job over has another name. */
  readonly worker: string;
  /** Whether it is tried again when it fails by our own mistake or because the database is away. */
  readonly isLast: boolean;
}

/**
 * Runs a job that waits, or one whose worker is gone, to its end. A job that was cancelled or has ended is not run.
 *
 * @throws {Error} without details when it is to be tried again.
 */
export async function runJob(parts: JobParts, attempt: Attempt): Promise<void> {
  const system = contextOf(parts, attempt.jobId, null);
  const job = await alone(system, (manager) => claim(manager, attempt));
  if (!job) return abandonIfOver(parts, system, attempt);
  const ctx = contextOf(parts, job.id, job.ownerId);
  const heartbeat = setInterval(() => void beat(ctx, attempt), HEARTBEAT_MS);
  try {
    await kindOf(parts, job).run(runOf(parts, ctx, job, attempt));
    await settle(ctx, attempt, 'SUCCEEDED', null);
  } catch (error) {
    await afterFailure(ctx, attempt, error);
  } finally {
    clearInterval(heartbeat);
    await abandonIfOver(parts, ctx, attempt);
  }
}

/** Whoever was cancelled or failed for good leaves nothing behind; another worker may have it meanwhile. */
async function abandonIfOver(parts: JobParts, ctx: RequestContext, { jobId }: Attempt): Promise<void> {
  const job = await alone(ctx, (manager) => manager.findOneBy(Job, { id: jobId }));
  if (job?.status === 'CANCELLED' || job?.status === 'FAILED') await kindOf(parts, job).abandon?.(ctx, jobId);
}

function contextOf(
  { database, clock, log, selfCheck }: JobParts,
  jobId: string,
  actorId: string | null,
): RequestContext {
  const whose = { locale: 'zh-CN', requestId: `job:${jobId}`, address: '', actorId } as const;
  return { database, clock, log, ...(selfCheck && { selfCheck }), ...whose };
}

function kindOf({ kinds }: JobParts, { kind }: Job): JobKind {
  const known = kinds.find((each) => each.kind === kind);
  if (!known) throw new Error(`There is no kind of job named ${kind}`);
  return known;
}

async function claim(manager: EntityManager, { jobId, worker }: Attempt): Promise<Job | null> {
  await manager.query(
    `update job set status = 'CANCELLED', finished_at = clock_timestamp()
      where id = $1 and status in ('QUEUED', 'RUNNING') and cancel_requested`,
    [jobId],
  );
  const [claimed] = await manager.query<[unknown[], number]>(
    `update job set status = 'RUNNING', worker = $2, heartbeat_at = clock_timestamp(), error = null
      where id = $1 and status in ('QUEUED', 'RUNNING') returning id`,
    [jobId, worker],
  );
  return claimed.length === 0 ? null : manager.findOneByOrFail(Job, { id: jobId });
}

function runOf({ ending }: JobParts, ctx: RequestContext, job: Job, { worker }: Attempt): JobRun {
  const { id: jobId, input, done, cursor, result, decided: isDecided } = job;
  const note = async (manager: EntityManager, changes: string, values: readonly unknown[]) => {
    if (ending()) throw new JobStopped();
    const [rows] = await manager.query<[unknown[], number]>(
      `update job set ${changes}, heartbeat_at = clock_timestamp()
        where id = $1 and worker = $2 and status = 'RUNNING' and not cancel_requested returning id`,
      [jobId, worker, ...values],
    );
    if (rows.length === 0) throw new JobStopped();
  };
  return {
    jobId,
    input,
    isDecided,
    done,
    cursor,
    result,
    ctx,
    advance: (manager, progress) =>
      note(manager, 'done = $3, cursor = $4::jsonb, result = $5::jsonb', [
        progress.done,
        JSON.stringify(progress.cursor),
        JSON.stringify(progress.result),
      ]),
    proceed: (manager, by) => note(manager, 'done = done + $3', [by]),
    decide: (manager) => note(manager, 'decided = true', []),
  };
}

async function beat(ctx: RequestContext, { jobId, worker }: Attempt): Promise<void> {
  const alive = `update job set heartbeat_at = clock_timestamp() where id = $1 and worker = $2 and status = 'RUNNING'`;
  await alone(ctx, (manager) => manager.query(alive, [jobId, worker])).catch((error: unknown) =>
    ctx.log.warn({ err: error, jobId }, 'a job could not say that it is alive'),
  );
}

async function afterFailure(ctx: RequestContext, attempt: Attempt, error: unknown): Promise<void> {
  const { jobId, isLast } = attempt;
  if (error instanceof JobStopped) return afterStop(ctx, attempt);
  const isFinal = error instanceof Refused && error.code !== 'UNAVAILABLE';
  if (!isFinal) ctx.log.error({ err: error, jobId }, 'a job failed');
  await settle(ctx, attempt, isFinal || isLast ? 'FAILED' : 'QUEUED', reasonOf(error));
  // Its words may hold what a customer's fields hold; the queue would log them.
  if (!isFinal) throw new Error('The job failed; its reason is in the log');
}

/** Cancelled: that is its end. The server's end: it goes on at another start. Taken over: it is somebody else's. */
async function afterStop(ctx: RequestContext, { jobId, worker }: Attempt): Promise<void> {
  await alone(ctx, async (manager) => {
    const [rows] = await manager.query<[{ status: string }[], number]>(
      `update job set worker = null,
              status = case when cancel_requested then 'CANCELLED' else 'QUEUED' end,
              finished_at = case when cancel_requested then clock_timestamp() end
        where id = $1 and worker = $2 and status = 'RUNNING' returning status`,
      [jobId, worker],
    );
    if (rows[0]?.status === 'QUEUED') await manager.query('select enqueue_job($1)', [jobId]);
  });
}

async function settle(
  ctx: RequestContext,
  { jobId, worker }: Attempt,
  status: 'SUCCEEDED' | 'FAILED' | 'QUEUED',
  error: Sentence | null,
): Promise<void> {
  await alone(ctx, (manager) =>
    manager.query(
      `update job set status = $3, error = $4::jsonb, worker = null, finished_at = case when $3 = 'QUEUED' then null else clock_timestamp() end
        where id = $1 and worker = $2 and status = 'RUNNING'`,
      [jobId, worker, status, error && JSON.stringify(error)],
    ),
  );
}

function reasonOf(error: unknown): Sentence {
  if (!(error instanceof Refused)) return refusalWords.INTERNAL;
  return error.details.issues?.[0]?.message ?? refusalWords[error.code];
}
