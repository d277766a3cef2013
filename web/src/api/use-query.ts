import { useQuery as useUrqlQuery } from '@urql/vue';
import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import { locale } from '../i18n/locale.ts';
import { useApi } from './client.ts';
import type { TypedDocumentString } from './generated/graphql.ts';
import { problemOf, type ApiProblem } from './problem.ts';

/** A query that stays up to date: its data so far, whether it is on its way, and what went wrong last. */
export interface LiveQuery<Data> {
  readonly data: ComputedRef<Data | undefined>;
  readonly loading: ComputedRef<boolean>;
  readonly problem: ComputedRef<ApiProblem | undefined>;
  reload(): void;
}

/**
 * Asks the server and asks again when the variables change, when something saved here may have changed the answer, and when another
 * language is chosen, since answers hold texts.
 */
export function useLiveQuery<Data, Variables extends object>(
  document: TypedDocumentString<Data, Variables>,
  variables: () => Variables,
  paused: () => boolean = () => false,
): LiveQuery<Data> {
  const query = useUrqlQuery<Data, Variables>({
    query: document.toString(),
    variables: computed(variables) as never,
    pause: computed(paused),
    requestPolicy: 'cache-and-network',
  });
  const reload = (): void => void query.executeQuery({ requestPolicy: 'network-only' });
  watch([locale, useApi().renewals], reload);

  // A failed refresh is no reason to take away what was there.
  const held = shallowRef<Data>();
  watch(query.data, (data) => data && (held.value = data), { immediate: true, flush: 'sync' });

  return {
    data: computed(() => held.value),
    loading: computed(() => query.fetching.value),
    problem: computed(() => query.error.value && problemOf(query.error.value)),
    reload,
  };
}
