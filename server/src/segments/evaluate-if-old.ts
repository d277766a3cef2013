import { meaningEdition } from '@kequn/rules';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { RequestContext } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { change, read } from '../platform/transaction.ts';
import { evaluateEverybody } from './evaluate-everybody.ts';
import { computeForEverybody } from './evaluate-formulas.ts';
import { liveRules } from './live-rules.ts';
import { isForAJob, startRebuildOnce } from './rebuild/start-rebuild.ts';

/**
 * Evaluates everybody anew, at start, where rules could say something else than when memberships were decided: in another zone of the
 * organisation, or by another edition of the language; among many customers by a job, and once. Gives whether it did.
 */
export async function evaluateIfOld(ctx: RequestContext): Promise<boolean> {
  const edition = `${meaningEdition} ${ctx.database.timeZone}`;
  const isOld = await read(ctx, async ({ manager }) => {
    const [row] = await manager.query<{ edition: string }[]>('select edition from rule_set');
    return row!.edition !== edition;
  });
  if (!isOld) return false;
  await change(ctx, async (tx) => {
    if (await isForAJob(tx)) return startRebuildOnce(tx, { act: 'EDITION', edition });
    await tx.manager.query('delete from customer_due');
    const now = await tx.clock.now(tx.manager);
    await computeForEverybody(tx, (await kept(tx, fieldCatalogue)).formulas.levels.flat(), now);
    const { levels } = await kept(tx, liveRules);
    for (const { generationId, rule } of levels.flat()) await evaluateEverybody(tx, generationId, rule, now);
    await tx.manager.query('update rule_set set edition = $1', [edition]);
  });
  return true;
}
