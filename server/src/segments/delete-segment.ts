import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { knownUsage } from '../fields/list-fields.ts';
import { segmentUsagesOf } from '../fields/references.ts';
import { refused } from '../platform/refused.ts';
import { change, read } from '../platform/transaction.ts';
import { dismissEverybody } from './evaluate-everybody.ts';
import { findSegment, segmentToChange } from './find-segment.ts';
import { isForAJob, requireNoRebuild, startRebuild, untilRebuilt } from './rebuild/start-rebuild.ts';
import { Segment } from './segment.ts';

/**
 * Deletes a segment: its members leave, history keeps its key and name. Needs MANAGE_SEGMENTS. Gives whether it is gone: it stays where the
 * job that it takes among many customers is cancelled.
 *
 * @throws {Refused} NOT_FOUND; VALIDATION_FAILED while a job is changing it; IN_USE with the segments whose rules ask for membership in it.
 */
export async function deleteSegment(ctx: Context, id: string): Promise<boolean> {
  const job = await change(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_SEGMENTS');
    const segment = await segmentToChange(tx, id);
    const usedBy = await segmentUsagesOf(tx.manager, segment.key);
    if (usedBy.length > 0) throw refused('IN_USE', { usedBy: usedBy.filter(knownUsage(await rightsOf(tx))) });
    await requireNoRebuild(tx, id);
    if (segment.status === 'ACTIVE' && (await isForAJob(tx))) return startRebuild(tx, { act: 'DELETE', segmentId: id });
    const now = await tx.clock.now(tx.manager);
    if (segment.generationId) await dismissEverybody(tx, segment.generationId, now);
    await tx.manager.save(Segment, Object.assign(segment, { status: 'PAUSED', generationId: null, deletedAt: now }));
    await recordAudit(tx, {
      action: 'segment.deleted',
      target: `segment:${id}`,
      changes: { key: segment.key, name: segment.name },
    });
    return undefined;
  });
  if (job) await untilRebuilt(ctx, job.id);
  return read(ctx, async (tx) => (await findSegment(tx, id)) === undefined);
}
