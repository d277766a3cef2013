import { defineStore } from 'pinia';
import { computed } from 'vue';
import { RoleNamesDocument } from '../api/generated/graphql.ts';
import { useLiveQuery } from '../api/use-query.ts';

/** The roles that there are, as everybody may know them. */
export const useRoleNames = defineStore('role-names', () => {
  const { data, problem, reload } = useLiveQuery(RoleNamesDocument, () => ({}));
  const all = computed(() => data.value?.roles ?? []);
  const names = computed<ReadonlyMap<string, string>>(() => new Map(all.value.map(({ id, name }) => [id, name])));
  const ready = computed(() => data.value !== undefined);
  return { all, names, ready, problem, reload };
});
