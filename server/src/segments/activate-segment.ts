import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { checkedRule } from '../fields/check-rule.ts';
import { change } from '../platform/transaction.ts';
import { newId } from '../platform/uuid.ts';
import { evaluateDependents } from './evaluate-dependents.ts';
import { evaluateEverybody } from './evaluate-everybody.ts';
import { segmentToChange } from './find-segment.ts';
import { Segment } from './segment.ts';

/**
 * Begins to divide customers by a segment: when this resolves, membership is right for everybody. Activating an active one changes
 * nothing. Needs MANAGE_SEGMENTS.
 *
 * @throws {Refused} NOT_FOUND; RULE_INVALID when the rule names what is gone; FORBIDDEN for a restricted segment.
 */
export async function activateSegment(ctx: Context, id: string): Promise<Segment> {
  return change(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_SEGMENTS');
    const segment = await segmentToChange(tx, id);
    if (segment.status === 'ACTIVE') return segment;
    const rule = segment.rule === null ? undefined : await checkedRule(tx, segment.rule, 'filter');
    const generationId = newId();
    Object.assign(segment, { status: 'ACTIVE', generationId, problem: null });
    await tx.manager.save(Segment, segment);
    const now = await tx.clock.now(tx.manager);
    if (rule) await evaluateEverybody(tx, generationId, rule, now);
    await evaluateDependents(tx, segment.key, now);
    await recordAudit(tx, { action: 'segment.activated', target: `segment:${id}`, changes: {} });
    return segment;
  });
}
