import type { Rule } from '@kequn/rules';

/** Which customers a file holds, and which columns of them; nothing given: everybody, and all that may be read. */
export interface ExportOrder {
  readonly segmentId?: string | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly filter?: Rule | null | undefined;
  readonly search?: string | undefined;
}

/** The address at which the server writes everything on one customer. */
export function personAddress(customerId: string): string {
  return `/exports/customers/${encodeURIComponent(customerId)}.json`;
}

/** The address at which the server writes such a file. */
export function exportAddress(extension: 'csv' | 'xlsx', { segmentId, columns, filter, search }: ExportOrder): string {
  const query = new URLSearchParams({
    ...(segmentId && { segment: segmentId }),
    ...(columns && { columns: columns.join(',') }),
    ...(filter !== undefined && filter !== null && { filter: JSON.stringify(filter) }),
    ...(search && { search }),
  });
  return `/exports/customers.${extension}${query.size > 0 ? `?${query.toString()}` : ''}`;
}
