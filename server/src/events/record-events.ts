import { requireRecording } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { limits } from '../platform/limits.ts';
import { invalid, refused } from '../platform/refused.ts';
import { write } from '../platform/transaction.ts';
import { newId } from '../platform/uuid.ts';
import { checkEvent } from './check-event.ts';
import { lockSurroundings } from './event-surroundings.ts';
import { insertEvents } from './event-table.ts';
import type { EventInput } from './event.ts';
import { followEvents } from './follow-events.ts';

/**
 * Records what customers did: all of it or nothing. Gives how many events are new; one whose source is known already is kept as it is.
 *
 * @throws {Refused} FORBIDDEN without the right to create customers, LIMIT_EXCEEDED, VALIDATION_FAILED with every issue.
 */
export async function recordEvents(ctx: Context, inputs: readonly EventInput[]): Promise<number> {
  if (inputs.length > limits.recordedEvents)
    throw refused('LIMIT_EXCEEDED', { limit: 'recordedEvents', max: limits.recordedEvents });
  return write(ctx, async (tx) => {
    await requireRecording(tx);
    const surroundings = await lockSurroundings(
      tx,
      inputs.map(({ customerId }) => customerId),
    );
    const checked = inputs.map((input, index) => checkEvent(input, surroundings, `/${index}/`));
    const problems = checked.flatMap((each) => each.problems);
    if (problems.length > 0) throw invalid(problems);
    const events = checked.map(({ content }) => ({ ...content, id: newId() }));
    const recorded = await insertEvents(tx.manager, events);
    const changes = events.filter(({ id }) => recorded.has(id)).map((after) => ({ after }));
    await followEvents(tx, changes, surroundings.now);
    return changes.length;
  });
}
