import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useApi } from './client.ts';
import { ApiProblem } from './problem.ts';

/** One page of a list whose next page is asked for by a cursor. */
export interface Page<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

/** What a list is loaded by. */
export interface PageSource<Row> {
  /** What is asked for: another list when it changes. */
  readonly asked: () => unknown;
  readonly page: (after: string | null) => Promise<Page<Row>>;
  /** How many there are in all: asked for apart, since counting may take longer than the first page. */
  readonly count: () => Promise<number>;
}

/** A list that grows page by page. */
export interface KeysetPages<Row> {
  readonly rows: Readonly<ShallowRef<readonly Row[]>>;
  /** Whether the first page is there. */
  readonly loaded: Ref<boolean>;
  /** Undefined until it is counted. */
  readonly total: Ref<number | undefined>;
  readonly hasMore: ComputedRef<boolean>;
  readonly loading: Ref<boolean>;
  /** Whether the rows are still those of the former list. */
  readonly renewing: Ref<boolean>;
  readonly problem: Ref<ApiProblem | undefined>;
  loadMore(): Promise<void>;
  reload(): Promise<void>;
}

/**
 * Loads the first page, and from the start again whenever what is asked for changes. The rows of the former list stay until those of
 * the new one are there; an answer that comes after another list was asked for is dropped.
 */
export function useKeysetPages<Row>({ asked, page: load, count }: PageSource<Row>): KeysetPages<Row> {
  const rows = shallowRef<readonly Row[]>([]);
  const loaded = ref(false);
  const total = ref<number>();
  const cursor = ref<string | null>(null);
  const loading = ref(false);
  const renewing = ref(false);
  const problem = shallowRef<ApiProblem>();
  let latest = 0;

  /** Runs what is asked of the server; of an answer that comes too late nothing is kept. */
  async function ask<T>(turn: number, question: () => Promise<T>, keep: (answer: T) => void): Promise<void> {
    try {
      const answer = await question();
      if (turn === latest) keep(answer);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (turn === latest) problem.value = error;
    }
  }

  async function append(after: string | null): Promise<void> {
    const turn = after === null ? ++latest : latest;
    loading.value = true;
    renewing.value = after === null;
    problem.value = undefined;
    await ask(
      turn,
      () => load(after),
      (page) => {
        rows.value = after === null ? page.nodes : [...rows.value, ...page.nodes];
        cursor.value = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
        loaded.value = true;
      },
    );
    if (turn === latest) {
      loading.value = false;
      renewing.value = false;
    }
    // A list that has ended is counted by what there is of it.
    if (turn !== latest || problem.value || after !== null) return;
    if (cursor.value === null) total.value = rows.value.length;
    else await ask(turn, count, (counted) => (total.value = counted));
  }

  const reload = async (): Promise<void> => {
    total.value = undefined;
    await append(null);
  };
  watch(() => JSON.stringify(asked()), reload, { immediate: true });
  watch(useApi().renewals, reload);

  return {
    rows,
    loaded,
    total,
    hasMore: computed(() => cursor.value !== null),
    loading,
    renewing,
    problem,
    loadMore: async () => {
      if (cursor.value !== null && !loading.value) await append(cursor.value);
    },
    reload,
  };
}
