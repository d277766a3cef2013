import type { TableSort } from './DataTable.vue';

/** The sort after a click on a head: by that column alone, ascending, then descending, then not at all. */
export function nextSort(sort: readonly TableSort[], key: string): readonly TableSort[] {
  const present = sort.find((each) => each.key === key);
  if (!present) return [{ key, descending: false }];
  return present.descending ? [] : [{ key, descending: true }];
}

/** How a column is sorted, in the words of `aria-sort`. */
export function sortedBy(sort: readonly TableSort[], key: string): 'ascending' | 'descending' | 'none' {
  const present = sort.find((each) => each.key === key);
  if (!present) return 'none';
  return present.descending ? 'descending' : 'ascending';
}
