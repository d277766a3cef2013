import type { Json, Rule } from '@kequn/rules';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { TableSort } from '../ui/DataTable.vue';
import { readColumns, writeColumns, type ColumnChoice } from './column-choice.ts';

/** What a list of customers shows. */
export interface ListView {
  readonly filter: Rule | null;
  readonly search: string;
  readonly sort: TableSort | undefined;
  /** Null: the usual ones. */
  readonly columns: readonly ColumnChoice[] | null;
  /** The kept list that it began as. */
  readonly keptId: string | null;
}

/** Reads a view from the address; what is none there is the usual. */
export function readView(query: LocationQuery): ListView {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  return {
    filter: parse(text('filter')),
    search: text('q'),
    sort: readSort(text('sort')),
    columns: readColumns(text('columns')),
    keptId: text('list') || null,
  };
}

/** Writes a view into an address. */
export function writeView({ filter, search, sort, columns, keptId }: ListView): LocationQueryRaw {
  return {
    ...(keptId !== null && { list: keptId }),
    ...(search !== '' && { q: search }),
    ...(filter !== null && { filter: JSON.stringify(filter) }),
    ...(sort && { sort: `${sort.descending ? '-' : ''}${sort.key}` }),
    ...(columns && { columns: writeColumns(columns) }),
  };
}

/** The sort after a click on a head: ascending, then descending, then none. */
export function nextSort(sort: TableSort | undefined, key: string): TableSort | undefined {
  if (sort?.key !== key) return { key, descending: false };
  return sort.descending ? undefined : { key, descending: true };
}

function readSort(text: string): TableSort | undefined {
  const descending = text.startsWith('-');
  const key = descending ? text.slice(1) : text;
  return key === '' ? undefined : { key, descending };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
