import type { Context } from '../access/viewer.ts';
import { write } from '../platform/transaction.ts';
import { removeEvent } from './event-table.ts';
import { eventToChange } from './event-to-change.ts';
import { followEvents } from './follow-events.ts';

/**
 * Takes back an event that was none.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND.
 */
export async function deleteEvent(ctx: Context, id: string): Promise<boolean> {
  return write(ctx, async (tx) => {
    const { before, surroundings } = await eventToChange(tx, id);
    await removeEvent(tx.manager, before);
    await followEvents(tx, [{ before }], surroundings.now);
    return true;
  });
}
