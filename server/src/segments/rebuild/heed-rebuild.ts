import type { RequestContext, Transactional } from '../../platform/context.ts';
import { kept } from '../../platform/rule-set.ts';
import { rebuildUnderWay } from './rebuild.ts';
import { tellMoves } from './tell.ts';

/**
 * What a writer of customers, who has locked them, owes to a rebuild, before it moves any of them: to note them while members are built,
 * and to tell first of the moves that the swap made.
 */
export async function heedRebuild(tx: Transactional<RequestContext>, customerIds: readonly string[]): Promise<void> {
  const rebuild = await kept(tx, rebuildUnderWay);
  if (!rebuild || customerIds.length === 0) return;
  if (rebuild.state === 'TELLING') await tellMoves(tx, rebuild, customerIds);
  else
    await tx.manager.query(
      `insert into touched (customer_id) select id from unnest($1::uuid[]) id order by id on conflict do nothing`,
      [customerIds],
    );
}
