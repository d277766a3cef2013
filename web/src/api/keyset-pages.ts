import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useApi } from './client.ts';
import { ApiProblem } from './problem.ts';

/** One page of a list whose next page is asked for by a cursor. */
export interface Page<Row> {
  readonly nodes: readonly Row[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

/** A list that grows page by page. */
export interface KeysetPages<Row> {
  readonly rows: Readonly<ShallowRef<readonly Row[]>>;
  /** Undefined until the first page is there. */
  readonly total: Ref<number | undefined>;
  readonly hasMore: ComputedRef<boolean>;
  readonly loading: Ref<boolean>;
  readonly problem: Ref<ApiProblem | undefined>;
  loadMore(): Promise<void>;
  reload(): Promise<void>;
}

/**
 * Loads the first page, and from the start again whenever what is asked for changes. The rows of the former list stay until those of
 * the new one are there; an answer that comes after another list was asked for is dropped.
 */
export function useKeysetPages<Row>(
  asked: () => unknown,
  load: (after: string | null) => Promise<Page<Row>>,
): KeysetPages<Row> {
  const rows = shallowRef<readonly Row[]>([]);
  const total = ref<number>();
  const cursor = ref<string | null>(null);
  const loading = ref(false);
  const problem = shallowRef<ApiProblem>();
  let latest = 0;

  async function append(after: string | null): Promise<void> {
    const turn = ++latest;
    loading.value = true;
    problem.value = undefined;
    try {
      const page = await load(after);
      if (turn !== latest) return;
      rows.value = after === null ? page.nodes : [...rows.value, ...page.nodes];
      total.value = page.totalCount;
      cursor.value = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
    } catch (error) {
      if (turn !== latest) return;
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
    } finally {
      if (turn === latest) loading.value = false;
    }
  }

  watch(
    () => JSON.stringify(asked()),
    () => append(null),
    { immediate: true },
  );

  watch(useApi().renewals, () => append(null));

  return {
    rows,
    total,
    hasMore: computed(() => cursor.value !== null),
    loading,
    problem,
    loadMore: async () => {
      if (cursor.value !== null && !loading.value) await append(cursor.value);
    },
    reload: () => append(null),
  };
}
