import type { Json, Rule } from '@kequn/rules';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { TableSort } from '../ui/DataTable.vue';

/** What a list of customers shows. */
export interface ListView {
  readonly filter: Rule | null;
  readonly sort: TableSort | undefined;
}

/** Reads a view from the address; what is no rule there is no filter. */
export function readView(query: LocationQuery): ListView {
  const { filter, sort } = query;
  return {
    filter: typeof filter === 'string' ? parse(filter) : null,
    sort: typeof sort === 'string' && sort !== '' ? readSort(sort) : undefined,
  };
}

/** Writes a view into an address. */
export function writeView({ filter, sort }: ListView): LocationQueryRaw {
  return {
    ...(filter !== null && { filter: JSON.stringify(filter) }),
    ...(sort && { sort: `${sort.descending ? '-' : ''}${sort.key}` }),
  };
}

/** The sort after a click on a head: ascending, then descending, then none. */
export function nextSort(sort: TableSort | undefined, key: string): TableSort | undefined {
  if (sort?.key !== key) return { key, descending: false };
  return sort.descending ? undefined : { key, descending: true };
}

function readSort(text: string): TableSort {
  const descending = text.startsWith('-');
  return { key: descending ? text.slice(1) : text, descending };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
