import { eventsKey } from '@kequn/rules';
import { rightsOf, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { rightsOnCustomers } from '../fields/scoped-customers.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { selectEvents, type EventPage } from './event-table.ts';
import { eventTypes, type EventType } from './event-type.ts';
import type { Event } from './event.ts';

/** The event types that the viewer may know of. */
export async function listEventTypes(ctx: Context): Promise<readonly EventType[]> {
  return read(ctx, async (tx) => {
    const isHidden = (rights: Rights) => rights.accessTo(eventsKey) === 'HIDDEN';
    return isHidden(await rightsOf(tx)) ? [] : [...(await kept(tx, eventTypes)).values()];
  });
}

/** The events of customers whom the viewer sees, newest first; none where the viewer may not read events. */
export async function eventsByCustomer(ctx: Context, pages: readonly EventPage[]): Promise<readonly Event[][]> {
  return read(ctx, async (tx) => {
    const rights = await rightsOnCustomers(
      tx,
      pages.map(({ customerId }) => customerId),
    );
    const types = await kept(tx, eventTypes);
    // Of a type that is none there are no events, whatever characters its key has.
    const known = pages.map((page) => ({ ...page, type: page.type === null || types.has(page.type) ? page.type : '' }));
    const events = await selectEvents(tx.manager, known);
    return pages.map(({ customerId }, index) => (rights(customerId)?.may(eventsKey, 'read') ? events[index]! : []));
  });
}
