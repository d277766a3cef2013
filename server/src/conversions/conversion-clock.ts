import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '../platform/context.ts';
import { dropFormerColumns } from './drop-former-columns.ts';

/** How often one looks for what is too old to be undone. */
const LOOK_MS = 3_600_000;

/** What gives up former values as days go by. */
export interface ConversionClock {
  /** Lets the look under way end. */
  stop(): Promise<void>;
}

/** Gives up what was kept of old changes of type until it is stopped, unless it is to be idle. */
export function startConversionClock(ctx: RequestContext, { isIdle }: { readonly isIdle: boolean }): ConversionClock {
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
      await dropFormerColumns(ctx);
    } catch (error) {
      ctx.log.warn({ err: error }, 'values of former types could not be given up; tried again');
    }
    await sleep(LOOK_MS, undefined, { signal: ending }).catch(() => undefined);
  }
}
