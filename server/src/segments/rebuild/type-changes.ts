import { actFor } from '../../access/act-for.ts';
import type { Context } from '../../access/viewer.ts';
import type { JobRun } from '../../jobs/job-kind.ts';
import type { RequestContext, Transactional } from '../../platform/context.ts';
import type { Whom } from './coming.ts';
import type { RebuildTarget, TypeChange } from './rebuild.ts';

/** A change of type as a rebuild does it: the id is the rebuild's. */
export interface TypeChangeOf {
  readonly id: string;
  readonly change: TypeChange;
}

/** Customers behind one, or from the first, up to another, in the order of ids. */
export interface Stretch {
  readonly after: string | null;
  readonly to: string;
}

/** What a rebuild does for a field that becomes of another type. Who knows conversions hands it in. */
export interface TypeChanges {
  /**
   * Looks once more whether it can be done.
   *
   * @throws {Refused} when it cannot any more.
   */
  check(tx: Transactional<Context>, change: TypeChange): Promise<void>;
  /** Writes what becomes of the values of some customers, whose rows are locked, beside what they have. */
  convert(tx: Transactional<RequestContext>, of: TypeChangeOf, whom: Whom): Promise<void>;
  /**
   * Makes the field what it becomes, once what was written beside what customers had has taken its place; the caller holds G alone.
   *
   * @throws {Refused} VALIDATION_FAILED where values stand in the way.
   */
  put(tx: Transactional<Context>, of: TypeChangeOf): Promise<void>;
  /** Makes the field's values what customers are found by. */
  index(tx: Transactional<RequestContext>, change: TypeChange, stretch: Stretch): Promise<void>;
  /** Gives up what was written for a change that is not made. */
  forget(ctx: RequestContext, of: TypeChangeOf): Promise<void>;
}

/** One run of a rebuild. */
export interface RebuildRun extends JobRun {
  readonly typeChanges: TypeChanges;
}

/**
 * Whoever has started a change of type, with the rights of now; undefined for any other rebuild, which asks for none.
 *
 * @throws {Refused} FORBIDDEN when they are no longer active.
 */
export async function starterOf({ ctx, input }: JobRun): Promise<Context | undefined> {
  return (input as RebuildTarget).act === 'CONVERT' ? actFor(ctx) : undefined;
}
