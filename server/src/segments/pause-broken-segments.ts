import { recordAudit } from '../audit/audit.ts';
import type { RequestContext } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { change, read } from '../platform/transaction.ts';
import { liveRules } from './live-rules.ts';
import { putToRest } from './pause-segment.ts';

/**
 * Pauses active segments whose stored rule is no rule of the present catalogue or language, at start: until then such a rule holds
 * for nobody who is saved. Gives the ids of those paused.
 */
export async function pauseBrokenSegments(ctx: RequestContext): Promise<readonly string[]> {
  const { broken } = await read(ctx, (tx) => kept(tx, liveRules));
  if (broken.length === 0) return [];
  return change(ctx, async (tx) => {
    const { broken: stillBroken } = await kept(tx, liveRules);
    for (const { segment, problem } of stillBroken) {
      await putToRest(tx, segment, problem);
      await recordAudit(tx, { action: 'segment.paused', target: `segment:${segment.id}`, changes: { problem } });
    }
    return stillBroken.map(({ segment }) => segment.id);
  });
}
