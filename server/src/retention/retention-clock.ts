import type { RequestContext } from '../platform/context.ts';
import { keepLooking, type Looking } from '../platform/keep-looking.ts';
import { runDueRules } from './run-due-rules.ts';

/** Runs retention rules that are due, as days go by. */
export function startRetention(ctx: RequestContext, { isIdle }: { readonly isIdle: boolean }): Looking {
  const failure = 'retention rules that are due could not be run; tried again';
  return keepLooking(ctx, { look: runDueRules, every: 60_000, failure, isIdle });
}
