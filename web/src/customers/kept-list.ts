import type { CustomerViewInput, CustomerViewPartsFragment } from '../api/generated/graphql.ts';
import type { ListView } from './list-address.ts';

/** A kept list as the page shows it. */
export function keptOf({ id, filter, search, sort, columns }: CustomerViewPartsFragment): ListView {
  return {
    keptId: id,
    filter: filter ?? null,
    search,
    sort: sort.map(({ field, descending }) => ({ key: field, descending })),
    columns:
      columns.length > 0 ? columns.map(({ key, width, pinned }) => ({ key, width: width ?? null, pinned })) : null,
  };
}

/** What is shown, as the server keeps it. */
export function keptInput({ filter, search, sort, columns }: ListView): Omit<CustomerViewInput, 'name'> {
  return {
    filter,
    search,
    sort: sort.map(({ key, descending }) => ({ field: key, descending })),
    columns: (columns ?? []).map(({ key, width, pinned }) => ({ key, width, pinned })),
  };
}

/** Whether two views ask for the same and show the same. */
export function sameQuestion(one: ListView, other: ListView): boolean {
  return JSON.stringify(keptInput(one)) === JSON.stringify(keptInput(other));
}
