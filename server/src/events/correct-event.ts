import { sentence, type Problem } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { invalid } from '../platform/refused.ts';
import { write } from '../platform/transaction.ts';
import { checkEvent } from './check-event.ts';
import { updateEvent } from './event-table.ts';
import { eventToChange } from './event-to-change.ts';
import type { Event, EventInput } from './event.ts';
import { followEvents } from './follow-events.ts';

/**
 * Replaces instant, amount and properties of an event; whose it is, its type and its source stay.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND, VALIDATION_FAILED with every issue.
 */
export async function correctEvent(ctx: Context, id: string, input: EventInput): Promise<Event> {
  return write(ctx, async (tx) => {
    const { before, surroundings } = await eventToChange(tx, id);
    const fixed = fixedProblems(before, input);
    const asked = { ...input, customerId: before.customerId, type: before.type, sourceId: before.sourceId };
    const { content, problems } = checkEvent(asked, surroundings, '');
    problems.push(...fixed);
    if (problems.length > 0) throw invalid(problems);
    const after = { ...content, id: before.id };
    await updateEvent(tx.manager, after);
    await followEvents(tx, [{ before, after }], surroundings.now);
    return after;
  });
}

function fixedProblems(before: Event, { customerId, type, sourceId }: EventInput): Problem[] {
  const differing = [
    ...(customerId.toLowerCase() === before.customerId ? [] : ['customerId']),
    ...(type === before.type ? [] : ['type']),
    ...((sourceId ?? before.sourceId) === before.sourceId ? [] : ['sourceId']),
  ];
  const message = sentence('记录后不能更改', 'This cannot be changed once it is recorded');
  return differing.map((path) => ({ path, code: 'READ_ONLY', message }));
}
