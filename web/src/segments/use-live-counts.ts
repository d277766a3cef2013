import { onScopeDispose, shallowRef } from 'vue';
import { SegmentCountsDocument } from '../api/generated/graphql.ts';
import { subscribe } from '../api/subscribe.ts';

/** A segment as far as its number of members is concerned; null where the reader may not know it. */
interface Counted {
  readonly id: string;
  readonly memberCount?: number | null | undefined;
}

/** Keeps the numbers of members that are on screen up to date, whoever changes customers and wherever; `reload` reads them anew. */
export function useLiveCounts(reload: () => void) {
  const counts = shallowRef<ReadonlyMap<string, number | null>>(new Map());
  const stop = subscribe(SegmentCountsDocument, {
    next: ({ segmentCounts: { id, memberCount } }) =>
      (counts.value = new Map(counts.value).set(id, memberCount ?? null)),
    resumed: () => {
      counts.value = new Map();
      reload();
    },
  });
  onScopeDispose(stop);

  /** The segment with its number of members as it is by now. */
  function counted<Segment extends Counted>(segment: Segment): Segment {
    const count = counts.value.get(segment.id);
    return count === undefined ? segment : { ...segment, memberCount: count };
  }

  return { counted };
}
