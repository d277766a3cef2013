import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { seenCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { isUuid } from '../platform/uuid.ts';
import type { EventSurroundings } from './check-event.ts';
import { eventTypes } from './event-type.ts';

/**
 * Locks the customers of events that are to be changed, in the order of ids as every writer does, and gives what the events are checked
 * by. Of the customers, those whom the viewer may record events of.
 */
export async function lockSurroundings(
  tx: Transactional<Context>,
  customerIds: readonly string[],
): Promise<EventSurroundings> {
  // Both are loaded before the locks are taken: whoever waits for these customers should not wait for that.
  const types = await kept(tx, eventTypes);
  const { users } = (await kept(tx, fieldCatalogue)).rules;
  const customers = await lockCustomers(tx, [...new Set(customerIds.filter(isUuid))]);
  return { types, users, customers, now: await tx.clock.now(tx.manager) };
}

async function lockCustomers(tx: Transactional<Context>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  await tx.manager.query('select 1 from customer where id = any($1::uuid[]) order by id for no key update', [ids]);
  const seen = await seenCustomers(tx, ids);
  return new Set([...seen].filter(([, rights]) => rights.mayRecord).map(([id]) => id));
}
