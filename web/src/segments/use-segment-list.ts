import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue';
import { useRoute, useRouter, type RouteLocationRaw } from 'vue-router';
import type { SegmentsQuery } from '../api/generated/graphql.ts';
import { useFieldSearch } from '../fields/use-field-search.ts';
import { narrowed, readNarrowing, writeNarrowing, type Narrowing } from './segment-list.ts';

/** A segment as a list shows it. */
export type ListedSegment = SegmentsQuery['segments'][number];

/** The segments that a list shows, narrowed by what stands in the address. */
export interface SegmentList {
  readonly narrowing: ComputedRef<Narrowing>;
  /** What is typed into the search; the address follows when it comes to rest. */
  readonly keyword: Ref<string>;
  readonly shown: ComputedRef<readonly ListedSegment[]>;
  /** The address of the same list narrowed otherwise. */
  at(change: Partial<Narrowing>): RouteLocationRaw;
}

/** Between the last key and the address. */
const QUIET_MS = 250;

/** Binds a list to the address, so that Back works and a link can be shared. */
export function useSegmentList(segments: () => readonly ListedSegment[]): SegmentList {
  const route = useRoute();
  const router = useRouter();
  const narrowing = computed(() => readNarrowing(route.query));
  const at = (change: Partial<Narrowing>): RouteLocationRaw => ({
    query: writeNarrowing({ ...narrowing.value, ...change }),
  });

  const keyword = ref('');
  // A segment goes by its name; its key is most often made by the system, and not shown.
  const named = computed(() => segments().map((segment) => ({ segment, key: '', label: segment.name, labels: {} })));
  const found = useFieldSearch(() => named.value, keyword);
  const shown = computed(() =>
    narrowed(
      found.value.map(({ segment }) => segment),
      narrowing.value,
    ),
  );

  let timer: number | undefined;
  const forget = (): void => window.clearTimeout(timer);
  watch(keyword, (typed) => {
    forget();
    timer = window.setTimeout(() => {
      if (typed.trim() !== narrowing.value.search) void router.replace(at({ search: typed.trim() }));
    }, QUIET_MS);
  });
  // The address may change by Back or by a link: then it is what is searched for.
  watch(
    () => narrowing.value.search,
    (search) => {
      if (search !== keyword.value.trim()) keyword.value = search;
    },
    { immediate: true },
  );
  onScopeDispose(forget);

  return { narrowing, keyword, shown, at };
}
