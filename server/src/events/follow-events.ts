import { recordAudit, type AuditRecord } from '../audit/audit.ts';
import { writeOutbox, type OutboxEvent } from '../outbox/outbox.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { evaluateCustomers } from '../segments/evaluate-customers.ts';
import { readingOfEvents } from '../fields/readings.ts';
import type { WrittenCustomer } from '../segments/places.ts';
import type { Event } from './event.ts';

/** What a writer made of an event: without `before` a new one, without `after` one that is gone. */
export type EventChange =
  { readonly before?: undefined; readonly after: Event } | { readonly before: Event; readonly after?: Event };

/**
 * What follows when events of customers have changed, in the transaction that changed them and holds the customers' locks; every use
 * case that changes events ends here.
 */
export async function followEvents(
  tx: Transactional<RequestContext>,
  changes: readonly EventChange[],
  at: string,
): Promise<void> {
  if (changes.length === 0) return;
  const eventIds = new Map(changes.map(eventOf).map(({ customerId, id }) => [customerId, id]));
  await evaluateCustomers(tx, writtenCustomers(changes), { cause: 'EVENT', at, eventIds });
  await recordAudit(tx, ...changes.map(auditOf));
  await writeOutbox(
    tx,
    changes.map((change) => outboxOf(change, at)),
  );
}

/** The customers whose events changed, each once. */
function writtenCustomers(changes: readonly EventChange[]): readonly WrittenCustomer[] {
  const changed = new Map<string, Set<string>>();
  for (const { customerId, type } of changes.map(eventOf)) {
    const readings = changed.get(customerId) ?? new Set();
    changed.set(customerId, readings.add(readingOfEvents(type)));
  }
  return [...changed].map(([id, readings]) => ({ id, changed: readings }));
}

/** Told of the customer, so that erasing the customer blanks it. */
function auditOf(change: EventChange): AuditRecord {
  const { customerId, id, type } = eventOf(change);
  return {
    action: kindOf(change),
    target: `customer:${customerId}`,
    changes: { event: { id, type }, from: toldOf(change.before), to: toldOf(change.after) },
  };
}

function outboxOf(change: EventChange, at: string): OutboxEvent {
  const { customerId, id, type } = eventOf(change);
  return { customerId, kind: kindOf(change), payload: { eventId: id, type }, at };
}

function kindOf({ before, after }: EventChange) {
  if (!before) return 'event.recorded';
  return after ? 'event.corrected' : 'event.deleted';
}

function eventOf(change: EventChange): Event {
  return change.before ?? change.after;
}

function toldOf(event: Event | undefined) {
  if (!event) return null;
  const { at, amount, properties, sourceId } = event;
  return { at, amount, properties, sourceId };
}
