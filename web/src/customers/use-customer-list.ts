import type { Rule } from '@kequn/rules';
import { computed, watch, type ComputedRef } from 'vue';
import { useApi } from '../api/client.ts';
import { CountCustomersDocument, CustomersDocument, type CustomerRowFragment } from '../api/generated/graphql.ts';
import { useKeysetPages, type KeysetPages } from '../api/keyset-pages.ts';
import { useCatalogue } from '../fields/catalogue.ts';
import type { CustomerColumn } from './columns.ts';
import type { ListView } from './list-address.ts';

/** Rows of the first page, which should come soon, and of the pages after it, which should not come often. */
const [firstPage, nextPage] = [50, 200];

/** Customers as a list asks for them. */
export interface CustomerList {
  /** Which customers, in whatever order. */
  readonly question: ComputedRef<{ readonly filter: Rule | null; readonly search: string | null }>;
  readonly pages: KeysetPages<CustomerRowFragment>;
}

/** Loads the customers of a list, sorted by what of its order there is. */
export function useCustomerList(view: () => ListView, columns: () => readonly CustomerColumn[]): CustomerList {
  const api = useApi();
  const catalogue = useCatalogue();
  const question = computed(() => ({ filter: view().filter, search: view().search || null }));

  /** What the server can sort by: an address may name a field that is none any more. */
  async function order(): Promise<{ field: string; descending: boolean }[]> {
    const { sort } = view();
    if (sort.length > 0) await becomes(() => catalogue.ready);
    const sortable = new Set(columns().flatMap((column) => (column.sortable ? column.key : [])));
    return sort.filter(({ key }) => sortable.has(key)).map(({ key, descending }) => ({ field: key, descending }));
  }

  const pages = useKeysetPages({
    asked: () => [question.value, view().sort],
    async page(after) {
      const asked = { ...question.value, sort: await order(), first: after === null ? firstPage : nextPage, after };
      return (await api.query(CustomersDocument, asked)).customers;
    },
    count: async () => (await api.query(CountCustomersDocument, question.value)).customers.totalCount,
  });
  return { question, pages };
}

/** Waits until something is so. */
function becomes(isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isSo()) return resolve();
    const stop = watch(isSo, () => {
      stop();
      resolve();
    });
  });
}
