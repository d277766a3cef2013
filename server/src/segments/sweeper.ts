import { setTimeout as sleep } from 'node:timers/promises';
import { Gauge } from 'prom-client';
import type { RequestContext } from '../platform/context.ts';
import type { Metrics } from '../platform/metrics.ts';
import { alone } from '../platform/transaction.ts';
import { callEverybody, sweepDue } from './sweep-due.ts';

/** How long one sweep is to take: writers of the same customers wait for it, and a change of rules does. */
const SWEEP_MS = 250;
/** How many customers one sweep looks at; the first one knows nothing of what that takes. */
const SIZE = { least: 20, first: 200, most: 10_000 } as const;
/** How long it rests when nobody is due, and after a failure. */
const REST_MS = 1_000;
/** By so much a clock is set back that is not only kept in step with others. */
const SET_BACK_MS = 1_000;
/** So many are counted, at most, of those that are due. */
const COUNTED = 100_000;

/** What keeps memberships right as time goes by. */
export interface Sweeper {
  /** Lets the sweep under way end. */
  stop(): Promise<void>;
}

/** Sweeps until it is stopped, unless it is to be idle; what is left to do is told at `GET /metrics` either way. */
export function startSweeper(ctx: RequestContext, metrics: Metrics, { isIdle }: { readonly isIdle: boolean }): Sweeper {
  measure(ctx, metrics);
  const ending = new AbortController();
  const running = isIdle ? Promise.resolve() : keepSweeping(ctx, ending.signal);
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}

async function keepSweeping(ctx: RequestContext, ending: AbortSignal): Promise<void> {
  let size: number = SIZE.first;
  let latest = 0;
  while (!ending.aborted) {
    try {
      latest = await heedTheClock(ctx, latest);
      const started = performance.now();
      const swept = await sweepDue(ctx, size);
      if (swept < size) await rest(ending);
      else size = sizeAfter(size, performance.now() - started);
    } catch (error) {
      ctx.log.warn({ err: error }, 'customers that are due could not be evaluated; tried again');
      size = SIZE.least;
      await rest(ending);
    }
  }
}

/** Gives what the clock says; where it was set back, what has been decided since is decided anew. */
async function heedTheClock(ctx: RequestContext, latest: number): Promise<number> {
  const now = await alone(ctx, (manager) => ctx.clock.now(manager));
  if (Date.parse(now) < latest - SET_BACK_MS) {
    ctx.log.warn(
      { now, before: new Date(latest).toISOString() },
      'the clock was set back: everybody is evaluated anew',
    );
    await callEverybody(ctx);
  }
  return Date.parse(now);
}

async function rest(signal: AbortSignal): Promise<void> {
  await sleep(REST_MS, undefined, { signal }).catch(() => undefined);
}

/** As many as take the time that a sweep is to take, at most twice as many as before. */
function sizeAfter(size: number, took: number): number {
  const fitting = Math.round((size * SWEEP_MS) / Math.max(took, 1));
  return Math.min(Math.max(Math.min(fitting, size * 2), SIZE.least), SIZE.most);
}

function measure(ctx: RequestContext, { registry }: Metrics): void {
  const waiting = {
    segments_due_seconds: {
      help: 'For how long the customer who waits longest for being evaluated has been due',
      query: `select coalesce(greatest(extract(epoch from $1::timestamptz - min(due_at)), 0), 0)::float8 as value from customer_due`,
    },
    segments_due_customers: {
      help: `Customers that are due and wait for being evaluated; ${COUNTED} stands for so many or more`,
      query: `select count(*)::int as value from (select from customer_due where due_at <= $1 limit ${COUNTED}) d`,
    },
  };
  for (const [name, { help, query }] of Object.entries(waiting)) {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        try {
          gauge.set(await valueOf(ctx, query));
        } catch {
          // While the database is away nothing is known of it, and the other measurements are asked for all the more.
          gauge.reset();
        }
      },
    });
  }
}

async function valueOf(ctx: RequestContext, query: string): Promise<number> {
  return alone(ctx, async (manager) => {
    const [row] = await manager.query<{ value: number }[]>(query, [await ctx.clock.now(manager)]);
    return row!.value;
  });
}
