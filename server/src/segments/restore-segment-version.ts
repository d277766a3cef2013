import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { notFound } from '../platform/refused.ts';
import { change } from '../platform/transaction.ts';
import { segmentToChange } from './find-segment.ts';
import { findVersion } from './list-segments.ts';
import { writeSegment } from './save-segment.ts';
import { afterRebuild } from './rebuild/after-rebuild.ts';
import type { Segment } from './segment.ts';

/**
 * Saves the rule of an earlier version as that of a new one, as if it had been written again: what it reads must still be there.
 * Needs MANAGE_SEGMENTS.
 *
 * @throws {Refused} NOT_FOUND, for a version that the viewer may not see too; RULE_INVALID, FIELD_FORBIDDEN; FORBIDDEN for a
 * restricted segment.
 */
export async function restoreSegmentVersion(ctx: Context, id: string, number: number): Promise<Segment> {
  const changed = await change(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_SEGMENTS');
    const { name, version } = await segmentToChange(tx, id);
    const earlier = await findVersion(tx, id, number);
    if (!earlier) throw notFound();
    return writeSegment(tx, { id, version, name, rule: earlier.rule });
  });
  return afterRebuild(ctx, changed, true);
}
