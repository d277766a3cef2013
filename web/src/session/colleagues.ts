import { defineStore } from 'pinia';
import { computed } from 'vue';
import { ColleaguesDocument } from '../api/generated/graphql.ts';
import { useLiveQuery } from '../api/use-query.ts';

/** The people of this organisation, by whom customers can be owned and whom rules can name. */
export const useColleagues = defineStore('colleagues', () => {
  const { data, problem, reload } = useLiveQuery(ColleaguesDocument, () => ({}));
  const all = computed(() => data.value?.users ?? []);
  const names = computed<ReadonlyMap<string, string>>(() => new Map(all.value.map(({ id, name }) => [id, name])));
  const ready = computed(() => data.value !== undefined);
  return { all, names, ready, problem, reload };
});
