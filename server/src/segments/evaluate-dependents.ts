import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { dependentsOf } from './dependency-order.ts';
import { evaluateEverybody } from './evaluate-everybody.ts';
import { liveRules } from './live-rules.ts';

/**
 * Makes right for everybody, in dependency order, the active segments whose rules ask for membership in one that has just been made right
 * or emptied: in the same change, so that nobody sees one without the other.
 */
export async function evaluateDependents(
  tx: Transactional<RequestContext>,
  segmentKey: string,
  at: string,
): Promise<void> {
  const { levels } = await kept(tx, liveRules);
  for (const { generationId, rule } of dependentsOf(levels, segmentKey))
    await evaluateEverybody(tx, generationId, rule, at);
}
