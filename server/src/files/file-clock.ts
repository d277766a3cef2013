import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '../platform/context.ts';
import type { FileStore } from './file-store.ts';
import { sweepFiles } from './sweep-files.ts';

/** How often one looks for files that are to go. */
const LOOK_MS = 30_000;

/** What takes files away that are nobody's any more. */
export interface FileClock {
  /** Lets the look under way end. */
  stop(): Promise<void>;
}

/** Takes files away until it is stopped, unless it is to be idle. */
export function startFileClock(
  ctx: RequestContext,
  { store, isIdle }: { readonly store: FileStore; readonly isIdle: boolean },
): FileClock {
  const ending = new AbortController();
  const running = isIdle ? Promise.resolve() : keepLooking(ctx, store, ending.signal);
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}

async function keepLooking(ctx: RequestContext, store: FileStore, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    try {
      await sweepFiles(ctx, store);
    } catch (error) {
      ctx.log.warn({ err: error }, 'files that are to go could not be taken away; tried again');
    }
    await sleep(LOOK_MS, undefined, { signal: ending }).catch(() => undefined);
  }
}
