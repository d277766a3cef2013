import { requireRecording } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { notFound } from '../platform/refused.ts';
import { isUuid } from '../platform/uuid.ts';
import type { EventSurroundings } from './check-event.ts';
import { lockSurroundings } from './event-surroundings.ts';
import { customerOf, selectEvent } from './event-table.ts';
import type { Event } from './event.ts';

/**
 * An event that is to be changed, read under the lock of its customer. Needs the right to create customers.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND.
 */
export async function eventToChange(
  tx: Transactional<Context>,
  id: string,
): Promise<{ before: Event; surroundings: EventSurroundings }> {
  await requireRecording(tx);
  const customerId = isUuid(id) ? await customerOf(tx.manager, id) : undefined;
  if (customerId === undefined) throw notFound();
  const surroundings = await lockSurroundings(tx, [customerId]);
  if (!surroundings.customers.has(customerId)) throw notFound();
  const before = await selectEvent(tx.manager, customerId, id);
  if (!before) throw notFound();
  return { before, surroundings };
}
