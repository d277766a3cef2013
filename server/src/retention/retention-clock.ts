import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '../platform/context.ts';
import { runDueRules } from './run-due-rules.ts';

/** How often one looks which rules are due. */
const LOOK_MS = 60_000;

/** What runs retention rules as days go by. */
export interface RetentionClock {
  /** Lets the look under way end. */
  stop(): Promise<void>;
}

/** Runs retention rules that are due until it is stopped, unless it is to be idle. */
export function startRetention(ctx: RequestContext, { isIdle }: { readonly isIdle: boolean }): RetentionClock {
  const ending = new AbortController();
  const running = isIdle ? Promise.resolve() : keepLooking(ctx, ending.signal);
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}

async function keepLooking(ctx: RequestContext, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    try {
      await runDueRules(ctx);
    } catch (error) {
      ctx.log.warn({ err: error }, 'retention rules that are due could not be run; tried again');
    }
    await sleep(LOOK_MS, undefined, { signal: ending }).catch(() => undefined);
  }
}
