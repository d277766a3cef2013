import type { RequestContext } from '../platform/context.ts';
import { keepLooking, type Looking } from '../platform/keep-looking.ts';
import type { FileStore } from './file-store.ts';
import { sweepFiles } from './sweep-files.ts';

/** Takes files away that are nobody's any more, as they come to be so. */
export function startFileClock(
  ctx: RequestContext,
  { store, isIdle }: { readonly store: FileStore; readonly isIdle: boolean },
): Looking {
  const failure = 'files that are to go could not be taken away; tried again';
  return keepLooking(ctx, { look: (now) => sweepFiles(now, store), every: 30_000, failure, isIdle });
}
