import type { Sentence } from '@kequn/rules';
import { requireMayShift } from '../fields/shifts.ts';
import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { change } from '../platform/transaction.ts';
import { evaluateDependents } from './evaluate-dependents.ts';
import { dismissEverybody } from './evaluate-everybody.ts';
import { segmentToChange } from './find-segment.ts';
import { afterRebuild } from './rebuild/after-rebuild.ts';
import { isForAJob, requireNoRebuild, startRebuild } from './rebuild/start-rebuild.ts';
import { Segment } from './segment.ts';

/**
 * Stops dividing customers by a segment: its members leave. Pausing what is not active changes nothing. Needs MANAGE_SEGMENTS.
 *
 * @throws {Refused} NOT_FOUND; VALIDATION_FAILED while a job is changing it.
 */
export async function pauseSegment(ctx: Context, id: string): Promise<Segment> {
  const changed = await change(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_SEGMENTS');
    const segment = await segmentToChange(tx, id);
    await requireNoRebuild(tx, id);
    if (segment.status !== 'ACTIVE') return { segment };
    await requireMayShift(tx, 'segment', segment.key);
    if (await isForAJob(tx)) return { segment, job: await startRebuild(tx, { act: 'PAUSE', segmentId: id }) };
    await putToRest(tx, segment, null);
    await recordAudit(tx, { action: 'segment.paused', target: `segment:${id}`, changes: {} });
    return { segment };
  });
  return afterRebuild(ctx, changed, true);
}

/** Lets all members leave and marks the segment as paused, with the reason where the system did it. */
export async function putToRest(
  tx: Transactional<RequestContext>,
  segment: Segment,
  problem: Sentence | null,
): Promise<void> {
  // The members leave first: their history is told through the generation that the segment still points at.
  const now = await tx.clock.now(tx.manager);
  if (segment.generationId) await dismissEverybody(tx, segment.generationId, now);
  Object.assign(segment, { status: 'PAUSED', generationId: null, problem });
  await tx.manager.save(Segment, segment);
  await evaluateDependents(tx, segment.key, now);
}
