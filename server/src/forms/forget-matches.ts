import type { EntityManager } from 'typeorm';

/**
 * Makes answers forget customers who are being erased: one that waits for a decision is of none of them any more, and one that was put aside, which
 * may hold what one of them entered, goes with them. Those that became theirs go with the customers themselves.
 */
export async function forgetMatches(manager: EntityManager, customerIds: readonly string[]): Promise<void> {
  await manager.query(`delete from submission where status = 'DISMISSED' and matches && $1::uuid[]`, [customerIds]);
  await manager.query(
    `update submission set matches = array(select m from unnest(matches) m where m <> all($1::uuid[]))
      where status = 'REVIEW' and matches && $1::uuid[]`,
    [customerIds],
  );
}
