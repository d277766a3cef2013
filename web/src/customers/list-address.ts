import type { Json, Rule } from '@kequn/rules';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { TableSort } from '../ui/DataTable.vue';
import { readColumns, writeColumns, type ColumnChoice } from './column-choice.ts';

/** Code points of a search and keys of a sort, at most, as the server has it. */
const [searchLength, sortKeys] = [200, 5];

/** What a list of customers shows. */
export interface ListView {
  readonly filter: Rule | null;
  readonly search: string;
  /** By the first, then by the next where those are the same; none: the newest first. */
  readonly sort: readonly TableSort[];
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
    search: [...text('q')].slice(0, searchLength).join(''),
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
    ...(sort.length > 0 && { sort: sort.map(({ key, descending }) => `${descending ? '-' : ''}${key}`).join() }),
    ...(columns && { columns: writeColumns(columns) }),
  };
}

function readSort(text: string): readonly TableSort[] {
  const sort = text.split(',').flatMap((part): TableSort[] => {
    const [, minus, key] = /^(-?)([a-z][a-z0-9_]*)$/.exec(part) ?? [];
    return key ? [{ key, descending: minus === '-' }] : [];
  });
  const first = sort.filter(({ key }, index) => sort.findIndex((other) => other.key === key) === index);
  return first.slice(0, sortKeys);
}

/** JSON as it is written again: of the two zeros that it can say there is one. */
function parse(text: string): Json {
  try {
    return JSON.parse(text, (_key, value: Json) => (value === 0 ? 0 : value)) as Json;
  } catch {
    return null;
  }
}
