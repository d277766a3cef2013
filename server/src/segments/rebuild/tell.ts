import type { RequestContext, Transactional } from '../../platform/context.ts';
import { write } from '../../platform/transaction.ts';
import { nextCustomers } from './pages.ts';
import { rebuildOf, type Rebuild } from './rebuild.ts';
import type { RebuildRun } from './type-changes.ts';

/** Customers whose moves one step tells, at most; they are locked meanwhile. */
const TOLD_AT_ONCE = 1_000;

/**
 * Tells history and outbox of the next customers whom the swap moved, in the order of ids, and after a change of type the search of what
 * everybody has; gives whether any may be left.
 */
export async function tellNext(run: RebuildRun): Promise<boolean> {
  return write(run.ctx, async (tx) => {
    const rebuild = await rebuildOf(tx.manager, run.jobId);
    if (rebuild?.state !== 'TELLING') return false;
    const page = await nextCustomers(tx, rebuild.reached, TOLD_AT_ONCE);
    if (!page) return false;
    const { target, reached: after } = rebuild;
    if (target.act === 'CONVERT') await run.typeChanges.index(tx, target, { after, to: page.to });
    await tellMoves(tx, rebuild, await lockMoved(tx, rebuild, page.to));
    await tx.manager.query('update rebuild set reached = $2 where id = $1', [rebuild.id, page.to]);
    await run.proceed(tx.manager, 0);
    return true;
  });
}

/** Locks, in the order of ids, the customers up to one whom the swap moved. */
async function lockMoved(tx: Transactional<RequestContext>, rebuild: Rebuild, to: string): Promise<readonly string[]> {
  const members = (generation: string) =>
    `(select customer_id from membership where generation_id = ${generation} and customer_id > $2 and customer_id <= $3)`;
  const rows = await tx.manager.query<{ id: string }[]>(
    `select id from customer
      where id in (select moved.id from rebuild_part p cross join lateral (
                     select customer_id as id
                       from ${members('p.old_generation_id')} o full join ${members('p.new_generation_id')} n using (customer_id)
                      where (o is null) <> (n is null)) moved
                    where p.rebuild_id = $1)
      order by id for no key update`,
    [rebuild.id, rebuild.reached ?? firstId, to],
  );
  return rows.map(({ id }) => id);
}

const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * Tells of the moves that the swap made of customers whose rows the caller has locked, once: whoever has a later line in the history of a
 * segment has been told of.
 */
export async function tellMoves(
  tx: Transactional<RequestContext>,
  rebuild: Rebuild,
  customerIds: readonly string[],
): Promise<void> {
  if (customerIds.length === 0) return;
  await tx.manager.query(
    `with moved as (
       select c.id as customer_id, p.segment_id, p.new_generation_id, case when n.customer_id is null then 'LEFT' else 'ENTERED' end as kind
         from rebuild_part p cross join unnest($2::uuid[]) as c (id)
         left join membership o on o.generation_id = p.old_generation_id and o.customer_id = c.id
         left join membership n on n.generation_id = p.new_generation_id and n.customer_id = c.id
        where p.rebuild_id = $1 and (o.customer_id is null) <> (n.customer_id is null)
          and not exists (select from membership_change h where h.customer_id = c.id and h.segment_id = p.segment_id and h.id > $4)),
     told as (
       insert into membership_change (customer_id, segment_id, kind, at, cause, rule_version)
       select m.customer_id, m.segment_id, m.kind, $3::timestamptz, 'RULE', s.rule_version
         from moved m join segment s on s.id = m.segment_id
        order by m.customer_id, s.id
       returning customer_id, segment_id, kind),
     dated as (
       update membership m set since = $3::timestamptz from moved
        where moved.kind = 'ENTERED' and m.customer_id = moved.customer_id and m.generation_id = moved.new_generation_id)
     insert into outbox (customer_id, kind, payload, at)
     select customer_id, 'segment.' || lower(kind), jsonb_build_object('segmentId', segment_id), $3::timestamptz from told`,
    [rebuild.id, customerIds, rebuild.swappedAt, rebuild.toldAfter],
  );
}
