import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, run, type Runner } from 'graphile-worker';
import pg from 'pg';
import type { Log } from '../platform/log.ts';
import { runJob, type JobParts } from './run-job.ts';

/** Jobs that one server runs at a time. */
const CONCURRENCY = 2;
/** After how long without a sign of life a job is taken over, and how often that is looked for. */
const SILENT_SECONDS = 60;
const LOOK_MS = 15_000;
/** After how long the runner is started again when it lost the database. */
const RESTART_MS = 1_000;
/** How long between two looks whether the database answers again. */
const REACH_MS = 200;

/** A runner of jobs. */
export interface JobRunner {
  /** Lets the steps under way end; jobs that are not done wait for the next start. */
  stop(): Promise<void>;
}

/**
 * Runs the jobs of the queue in this process until it is stopped; waits for a database that is away. It connects as the owner, since
 * the queue's tables are no business of the application's role.
 */
export function startJobRunner(parts: Omit<JobParts, 'ending'>, databaseUrl: string): JobRunner {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONCURRENCY + 2, application_name: 'kequn jobs' });
  const onLost = (error: unknown) => parts.log.warn({ err: error }, 'a connection of the job runner was lost');
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', onLost));
  const state: { ended: boolean; runner?: Runner } = { ended: false };
  const running = keepRunning({ ...parts, ending: () => state.ended }, pool, state);
  void takeOver(pool, parts.log);
  const looking = setInterval(() => void takeOver(pool, parts.log), LOOK_MS);
  return {
    async stop() {
      state.ended = true;
      clearInterval(looking);
      await state.runner?.stop().catch(() => undefined);
      await running;
      await pool.end();
    },
  };
}

async function keepRunning(parts: JobParts, pool: pg.Pool, state: { ended: boolean; runner?: Runner }): Promise<void> {
  while (!state.ended) {
    try {
      state.runner = await startRunner(parts, pool);
      // Asked to end while it started: nobody else would stop it.
      if (parts.ending()) await state.runner.stop();
      await state.runner.promise;
    } catch (error) {
      parts.log.warn({ err: error }, 'the job runner lost the database and starts again');
    }
    delete state.runner;
    if (!parts.ending()) await sleep(RESTART_MS);
  }
}

function startRunner(parts: JobParts, pool: pg.Pool): Promise<Runner> {
  return run({
    pgPool: pool,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    logger: loggerTo(parts.log),
    taskList: {
      async job(payload, { job }) {
        const { id } = payload as { readonly id: string };
        const isLast = job.attempts >= job.max_attempts;
        try {
          await runJob(parts, { jobId: id, worker: `${job.locked_by}:${job.attempts}`, isLast });
        } catch (error) {
          await untilReachable(pool, parts);
          throw error;
        }
      },
    },
  });
}

/**
 * Waits until the database answers. The queue notes a failure as soon as it hears of it; if the connection for that were lost too,
 * nobody would catch its error, and the job would wait for its take-over.
 */
async function untilReachable(pool: pg.Pool, { ending }: JobParts): Promise<void> {
  while (!ending()) {
    // So long the pool needs to hear which of its connections are gone.
    await sleep(REACH_MS);
    try {
      await pool.query('select 1');
      return;
    } catch {
      // The next look tells.
    }
  }
}

/** Frees the jobs of workers that have been silent for too long: they died with their server. */
async function takeOver(pool: pg.Pool, log: Log): Promise<void> {
  try {
    const { rows } = await pool.query<{ id: string; worker: string }>(
      `select id, split_part(worker, ':', 1) as worker from job
        where status = 'RUNNING' and heartbeat_at < clock_timestamp() - make_interval(secs => $1)`,
      [SILENT_SECONDS],
    );
    if (rows.length === 0) return;
    log.warn({ jobIds: rows.map(({ id }) => id) }, 'jobs whose worker is silent are taken over');
    await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [rows.map(({ worker }) => worker)]);
    await pool.query('select enqueue_job(id) from unnest($1::uuid[]) id', [rows.map(({ id }) => id)]);
  } catch (error) {
    log.warn({ err: error }, 'silent jobs could not be looked for');
  }
}

/** The queue's own messages, of which only warnings are news. */
function loggerTo(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ queue: message }, 'the job queue reports');
  });
}
