import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from './context.ts';

/** What is looked for again and again. */
export interface Lookout {
  look(ctx: RequestContext): Promise<unknown>;
  /** How long there is between one look and the next. Milliseconds. */
  readonly every: number;
  /** What is logged where a look fails, which the next one makes good. */
  readonly failure: string;
  /** That another process looks. */
  readonly isIdle: boolean;
}

/** Somebody who looks. */
export interface Looking {
  /** Lets the look under way end. */
  stop(): Promise<void>;
}

/** Looks, and looks again, until it is stopped. */
export function keepLooking(ctx: RequestContext, lookout: Lookout): Looking {
  const ending = new AbortController();
  const running = lookout.isIdle ? Promise.resolve() : lookUntil(ending.signal, ctx, lookout);
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}

async function lookUntil(ending: AbortSignal, ctx: RequestContext, { look, every, failure }: Lookout): Promise<void> {
  while (!ending.aborted) {
    try {
      await look(ctx);
    } catch (error) {
      ctx.log.warn({ err: error }, failure);
    }
    await sleep(every, undefined, { signal: ending }).catch(() => undefined);
  }
}
