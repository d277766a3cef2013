import { requireCapability } from '../access/gate.ts';
import { requireMayShift } from '../fields/shifts.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { checkedRule } from '../fields/check-rule.ts';
import type { Transactional } from '../platform/context.ts';
import { change } from '../platform/transaction.ts';
import { newId } from '../platform/uuid.ts';
import { evaluateDependents } from './evaluate-dependents.ts';
import { evaluateEverybody } from './evaluate-everybody.ts';
import { segmentToChange } from './find-segment.ts';
import { afterRebuild, type ChangedSegment } from './rebuild/after-rebuild.ts';
import { rebuildsOf } from './rebuild/rebuild.ts';
import { isForAJob, startRebuild } from './rebuild/start-rebuild.ts';
import { Segment } from './segment.ts';

/**
 * Begins to divide customers by a segment: when this resolves, membership is right for everybody, unless the caller does not wait for the
 * job that it takes among many customers. Activating an active one changes nothing. Needs MANAGE_SEGMENTS.
 *
 * @throws {Refused} NOT_FOUND; RULE_INVALID when the rule names what is gone; FORBIDDEN for a restricted segment; VALIDATION_FAILED when
 * the job fails.
 */
export async function activateSegment(ctx: Context, id: string, wait: boolean): Promise<Segment> {
  return afterRebuild(ctx, await change(ctx, (tx) => activateSegmentIn(tx, id)), wait);
}

/** The same as a part of a larger change; the job that it may take begins once that is committed. */
export async function activateSegmentIn(tx: Transactional<Context>, id: string): Promise<ChangedSegment> {
  await requireCapability(tx, 'MANAGE_SEGMENTS');
  const segment = await segmentToChange(tx, id);
  if (segment.status === 'ACTIVE') return { segment };
  await requireMayShift(tx, 'segment', segment.key);
  const rule = segment.rule === null ? undefined : await checkedRule(tx, segment.rule, 'filter');
  const underWay = (await rebuildsOf(tx, [id])).get(id);
  if (underWay) return { segment, job: underWay };
  if (await isForAJob(tx)) return { segment, job: await startRebuild(tx, { act: 'ACTIVATE', segmentId: id }) };
  const generationId = newId();
  Object.assign(segment, { status: 'ACTIVE', generationId, problem: null });
  await tx.manager.save(Segment, segment);
  const now = await tx.clock.now(tx.manager);
  if (rule) await evaluateEverybody(tx, generationId, rule, now);
  await evaluateDependents(tx, segment.key, now);
  await recordAudit(tx, { action: 'segment.activated', target: `segment:${id}`, changes: {} });
  return { segment };
}
