import type { Context } from '../../access/viewer.ts';
import type { Job } from '../../jobs/job.ts';
import { read } from '../../platform/transaction.ts';
import { findSegment } from '../find-segment.ts';
import type { Segment } from '../segment.ts';
import { untilRebuilt } from './start-rebuild.ts';

/** What a change of a segment came to: the segment as it is by now, and the job that makes it right for everybody, if it takes one. */
export interface ChangedSegment {
  readonly segment: Segment;
  readonly job?: Job | undefined;
}

/**
 * The segment once its job has come to where memberships are right for everybody; as it is now where nobody waits for that.
 *
 * @throws {Refused} VALIDATION_FAILED with the reason when the job fails.
 */
export async function afterRebuild(ctx: Context, { segment, job }: ChangedSegment, wait: boolean): Promise<Segment> {
  if (!job || !wait) return segment;
  await untilRebuilt(ctx, job.id);
  return read(ctx, async (tx) => (await findSegment(tx, segment.id)) ?? segment);
}
