import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { entities } from '../app.module.ts';
import { databaseClock, type RequestContext } from '../platform/context.ts';
import { openDatabase } from '../platform/database.ts';
import { createLog } from '../platform/log.ts';
import { refused } from '../platform/refused.ts';
import { write } from '../platform/transaction.ts';
import { newId } from '../platform/uuid.ts';
import { createTestDatabase } from '../testing/test-server.ts';
import { cancelJob } from './cancel-job.ts';
import type { JobKind } from './job-kind.ts';
import { startJobRunner, type JobRunner } from './job-runner.ts';
import type { Job } from './job.ts';
import { getJob } from './own-jobs.ts';
import { retryJob } from './retry-job.ts';
import { startJob } from './start-job.ts';

const STEPS = 40;
const log = createLog('error', { write: () => undefined });
let url: string;
let owner: pg.Client;
let ctx: RequestContext;
let runner: JobRunner | undefined;
/** What a step of the job does beside its work. */
let inStep: (step: number) => Promise<void> | void;

/** Writes one row a step, so that a step that was lost or done twice shows. */
const stepping: JobKind = {
  kind: 'stepping',
  async run(run) {
    for (let step = (run.cursor as number | null) ?? 0; step < STEPS; step += 1) {
      await write(run.ctx, async (tx) => {
        await tx.manager.query('insert into step (job_id, n) values ($1, $2)', [run.jobId, step]);
        await inStep(step);
        await run.advance(tx.manager, { done: step + 1, cursor: step + 1, result: { last: step } });
      });
    }
  },
};

beforeAll(async () => {
  url = await createTestDatabase();
  owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query('create table step (job_id uuid, n int); grant all on step to kequn_app');
  const database = await openDatabase({ url, timeZone: 'Asia/Shanghai', entities, log, many: 20_000 });
  const actorId = newId();
  ctx = { database, clock: databaseClock, locale: 'en', requestId: 'test', address: '', log, actorId };
});
afterEach(async () => {
  await runner?.stop();
  runner = undefined;
});
afterAll(async () => {
  await owner.end();
  await ctx.database.source.destroy();
});

function startRunner(): void {
  const { database, clock } = ctx;
  runner = startJobRunner({ database, clock, log, kinds: [stepping] }, url);
}

function order(kind = 'stepping'): Promise<Job> {
  return write(ctx, (tx) => startJob(tx, { kind, input: {}, total: STEPS }));
}

async function until(id: string, holds: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    // A job is looked at while connections are cut, too.
    const job = await getJob(ctx, id).catch(() => null);
    if (job && holds(job)) return job;
    await sleep(10);
  }
}

const hasEnded = ({ finishedAt }: Job) => finishedAt !== null;

async function stepsOf(id: string): Promise<readonly number[]> {
  const { rows } = await owner.query<{ n: number }>('select n from step where job_id = $1 order by n', [id]);
  return rows.map(({ n }) => n);
}

async function endAllConnections(): Promise<void> {
  const others = 'datname = current_database() and pid <> pg_backend_pid()';
  await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`);
}

const everyStepOnce = Array.from({ length: STEPS }, (_, n) => n);

describe('a job', () => {
  test('runs to its end, and says how far it is', async () => {
    inStep = () => undefined;
    const job = await order();
    expect(await getJob(ctx, job.id)).toMatchObject({ status: 'QUEUED', done: 0, total: STEPS });
    startRunner();
    expect(await until(job.id, hasEnded)).toMatchObject({ status: 'SUCCEEDED', done: STEPS, result: { last: 39 } });
    expect(await stepsOf(job.id)).toEqual(everyStepOnce);
  });

  test('is not there when the transaction that asked for it is rolled back', async () => {
    const asked = write(ctx, async (tx) => {
      await startJob(tx, { kind: 'stepping', input: {}, total: null });
      throw refused('FORBIDDEN');
    });
    await expect(asked).rejects.toThrow('FORBIDDEN');
    const { rows } = await owner.query('select 1 from graphile_worker.jobs');
    expect(rows).toEqual([]);
  });

  test('ends after the step that it is in when it is cancelled, and goes on from there when it is tried again', async () => {
    inStep = () => sleep(5);
    const job = await order();
    startRunner();
    await until(job.id, ({ done }) => done > 3);
    await cancelJob(ctx, job.id);
    const cancelled = await until(job.id, hasEnded);
    expect(cancelled.status).toBe('CANCELLED');
    expect(cancelled.done).toBeLessThan(STEPS);
    expect(await stepsOf(job.id)).toEqual(everyStepOnce.slice(0, cancelled.done));
    await retryJob(ctx, job.id);
    expect(await until(job.id, hasEnded)).toMatchObject({ status: 'SUCCEEDED', done: STEPS });
    expect(await stepsOf(job.id)).toEqual(everyStepOnce);
  });

  test('that waits is cancelled at once; one that has ended stays as it is', async () => {
    const job = await order();
    expect(await cancelJob(ctx, job.id)).toMatchObject({ status: 'CANCELLED', done: 0 });
    startRunner();
    await sleep(200);
    expect(await stepsOf(job.id)).toEqual([]);
    expect(await cancelJob(ctx, job.id)).toMatchObject({ status: 'CANCELLED' });
  });

  test('goes on at the next start when the server ends', async () => {
    inStep = () => sleep(5);
    const job = await order();
    startRunner();
    await until(job.id, ({ done }) => done > 3);
    await runner?.stop();
    expect(await getJob(ctx, job.id)).toMatchObject({ status: 'QUEUED', finishedAt: null });
    startRunner();
    expect(await until(job.id, hasEnded)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await stepsOf(job.id)).toEqual(everyStepOnce);
  });

  test('of a worker that died is taken over, and the dead one can do nothing any more', async () => {
    inStep = () => undefined;
    const job = await order();
    await owner.query(`update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now(), attempts = 1`);
    await owner.query(
      `update job set status = 'RUNNING', worker = 'dead:1', heartbeat_at = now() - interval '61 seconds', done = 7, cursor = '7' where id = $1`,
      [job.id],
    );
    startRunner();
    expect(await until(job.id, hasEnded)).toMatchObject({ status: 'SUCCEEDED', done: STEPS });
    expect(await stepsOf(job.id)).toEqual(everyStepOnce.slice(7));
  });

  test('is tried again after a mistake of ours, with each step done once', async () => {
    let failures = 0;
    inStep = (step) => {
      if (step === 5 && failures++ === 0) throw new Error('a mistake');
    };
    const job = await order();
    startRunner();
    const waiting = await until(job.id, ({ error }) => error !== null);
    expect(waiting).toMatchObject({ status: 'QUEUED', done: 5, error: { en: 'Something went wrong on the server' } });
    expect(await until(job.id, hasEnded)).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(await stepsOf(job.id)).toEqual(everyStepOnce);
  });

  test('that is refused has failed, with the words of the refusal', async () => {
    inStep = (step) => {
      if (step === 2) throw refused('FORBIDDEN');
    };
    const job = await order();
    startRunner();
    const failed = await until(job.id, hasEnded);
    expect(failed).toMatchObject({ status: 'FAILED', done: 2, error: { en: 'You may not do this' } });
  });

  test('goes on when the database ended all connections', async () => {
    let cuts = 0;
    inStep = async (step) => {
      if (step === 4 && cuts++ === 0) await endAllConnections();
    };
    const job = await order();
    startRunner();
    expect(await until(job.id, hasEnded)).toMatchObject({ status: 'SUCCEEDED', done: STEPS });
    expect(await stepsOf(job.id)).toEqual(everyStepOnce);
    // Where the queue lost the connection by which it notes a failure, the job is taken over once it has been silent for a minute.
  }, 150_000);
});
