import type { RequestContext } from '../platform/context.ts';
import { keepLooking, type Looking } from '../platform/keep-looking.ts';
import { dropFormerColumns } from './drop-former-columns.ts';

/** Gives up what was kept of changes of type that are too old to be undone, as days go by. */
export function startConversionClock(ctx: RequestContext, { isIdle }: { readonly isIdle: boolean }): Looking {
  const failure = 'values of former types could not be given up; tried again';
  return keepLooking(ctx, { look: dropFormerColumns, every: 3_600_000, failure, isIdle });
}
