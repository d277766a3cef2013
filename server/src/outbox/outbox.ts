import type { RequestContext, Transactional } from '../platform/context.ts';

/** Something that happened to a customer and that others will want to hear of. */
export interface OutboxEvent {
  readonly customerId: string;
  readonly kind: 'customer.saved' | 'customer.erased' | 'event.recorded' | 'event.corrected' | 'event.deleted';
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: string;
}

/** Writes events in the transaction that makes them true. */
export async function writeOutbox(tx: Transactional<RequestContext>, events: readonly OutboxEvent[]): Promise<void> {
  await tx.manager.query(
    `insert into outbox (customer_id, kind, payload, at)
     select customer_id, kind, payload, at
       from jsonb_to_recordset($1::jsonb) as e (customer_id uuid, kind text, payload jsonb, at timestamptz)`,
    [JSON.stringify(events.map(({ customerId, ...event }) => ({ customer_id: customerId, ...event })))],
  );
}
