import type { EntityManager } from 'typeorm';

/** How far somebody has read the outbox. Places are of one database: those of a copy count anew. */
export interface OutboxPlace {
  /** The transaction that wrote the last event read. */
  readonly transaction: string;
  /** The id of that event. */
  readonly id: string;
}

/** An event as it is read. */
export interface ReadEvent {
  readonly place: OutboxPlace;
  readonly customerId: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: string;
}

/** Where whoever begins to read now misses nothing that is committed from now on. */
export async function presentPlace(manager: EntityManager): Promise<OutboxPlace> {
  const [row] = await manager.query<{ transaction: string }[]>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as transaction',
  );
  return { transaction: row!.transaction, id: '0' };
}

/**
 * The next events behind a place, in an order in which none is skipped: an event is read once every transaction that began before its own
 * has ended, so that nothing can come to stand before it later. Each is read once by whoever goes on from the last place.
 */
export async function readOutbox(
  manager: EntityManager,
  { transaction, id }: OutboxPlace,
  limit: number,
): Promise<readonly ReadEvent[]> {
  return manager.query<ReadEvent[]>(
    `select json_build_object('transaction', transaction::text, 'id', id::text) as place,
            customer_id as "customerId", kind, payload, at
       from outbox
      where (transaction, id) > ($1::text::xid8, $2::text::bigint) and transaction < pg_snapshot_xmin(pg_current_snapshot())
      order by transaction, id limit $3`,
    [transaction, id, limit],
  );
}
