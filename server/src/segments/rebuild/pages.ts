import type { RequestContext, Transactional } from '../../platform/context.ts';

/** Customers that follow each other in the order of ids. */
export interface Page {
  /** The last of them. */
  readonly to: string;
  readonly count: number;
}

/** The next customers after one, or the first ones; undefined where none is left. */
export async function nextCustomers(
  { manager }: Transactional<RequestContext>,
  after: string | null,
  limit: number,
): Promise<Page | undefined> {
  // Uuids have an order but, before Postgres 18, no greatest; as text they have the same order.
  const [page] = await manager.query<{ to: string | null; count: number }[]>(
    `select max(id::text collate "C")::uuid as to, count(*)::int as count
       from (select id from customer where $1::uuid is null or id > $1 order by id limit $2) page`,
    [after, limit],
  );
  return page?.to ? { to: page.to, count: page.count } : undefined;
}
