import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../access/viewer.ts';
import { memberRestriction } from '../fields/restriction.ts';
import { presentPlace, readOutbox, type OutboxPlace } from '../outbox/read-outbox.ts';
import { alone, read } from '../platform/transaction.ts';
import { findSegments } from './find-segment.ts';
import type { Segment } from './segment.ts';

/** How often one looks which segments members came into or went out of, in whatever server process. */
const LOOK_MS = 1_000;
/** Events that are read at once. */
const READ_AT_ONCE = 5_000;

/** Segments whose number of members has changed, each at most once a look; none whose members are closed to the viewer. */
export async function* watchCounts(ctx: Context): AsyncIterable<Segment> {
  let place = await alone(ctx, presentPlace);
  while (!ctx.signal?.aborted) {
    await sleep(LOOK_MS, undefined, { signal: ctx.signal }).catch(() => undefined);
    const moved = new Set<string>();
    place = await collect(ctx, place, moved);
    if (moved.size > 0) yield* await visible(ctx, [...moved]);
  }
}

async function collect(ctx: Context, start: OutboxPlace, moved: Set<string>): Promise<OutboxPlace> {
  let place = start;
  while (!ctx.signal?.aborted) {
    const events = await alone(ctx, (manager) => readOutbox(manager, place, READ_AT_ONCE));
    for (const { kind, payload } of events) if (kind.startsWith('segment.')) moved.add(String(payload['segmentId']));
    place = events.at(-1)?.place ?? place;
    if (events.length < READ_AT_ONCE) break;
  }
  return place;
}

async function visible(ctx: Context, ids: readonly string[]): Promise<readonly Segment[]> {
  return read(ctx, async (tx) => {
    const isRestricted = await memberRestriction(tx);
    return findSegments(
      tx,
      ids.filter((id) => !isRestricted(id)),
    );
  });
}
