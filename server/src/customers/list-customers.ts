import type { Node } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { checkedRule } from '../fields/check-rule.ts';
import { customerColumns, toCustomerRow } from '../fields/customer-table.ts';
import { countCustomers, scopedCustomers, selectCustomers, type CustomerQuery } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { pageSize } from '../platform/page-size.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { isUuid } from '../platform/uuid.ts';
import { fingerprint, readCursor, writeCursor, type Cursor } from './cursor.ts';
import { CustomerConnection, type Customer, type SortInput } from './customer.ts';
import { customerView } from './show-customer.ts';
import { checkedSort, comesAfter, orderBy, type SortKey } from './sort-order.ts';

/** Which page of which customers is asked for. */
export interface CustomerPage {
  readonly filter?: unknown;
  readonly sort?: readonly SortInput[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
  /** Members of this generation alone. */
  readonly generationId?: string;
}

/**
 * A page of the customers that the viewer may see. A row that stays is met exactly once, whatever is inserted meanwhile.
 *
 * @throws {Refused} LIMIT_EXCEEDED, VALIDATION_FAILED, RULE_INVALID, FIELD_FORBIDDEN.
 */
export async function listCustomers(ctx: Context, page: CustomerPage): Promise<CustomerConnection> {
  const size = pageSize(page.first, limits.page);
  return read(ctx, async (tx) => {
    const filter = await filterOf(tx, page);
    const query: CustomerQuery = { filter, generationId: page.generationId };
    const keys = await checkedSort(tx, page.sort ?? []);
    const of = fingerprint([page.filter ?? null, page.sort ?? [], page.generationId ?? null]);
    const cursor = page.after ? readCursor(page.after, of, keys.length) : undefined;
    const found = await selectPage(tx, { query, keys, cursor, size });
    const last = found.ends[Math.min(size, found.ends.length) - 1];
    return Object.assign(new CustomerConnection(), {
      nodes: found.customers.slice(0, size),
      pageInfo: { hasNextPage: found.customers.length > size, endCursor: last ? writeCursor(last, of) : null },
      count: () => read(ctx, (later) => countCustomers(later, query)),
    });
  });
}

async function filterOf(tx: Transactional<Context>, { filter }: CustomerPage): Promise<Node | undefined> {
  return filter === undefined || filter === null ? undefined : checkedRule(tx, filter, 'filter');
}

interface PageQuery {
  readonly query: CustomerQuery;
  readonly keys: readonly SortKey[];
  readonly cursor: Cursor | undefined;
  readonly size: number;
}

async function selectPage(
  tx: Transactional<Context>,
  { query, keys, cursor, size }: PageQuery,
): Promise<{ customers: Customer[]; ends: Cursor[] }> {
  const { fields } = await kept(tx, fieldCatalogue);
  const { from, parameters } = scopedCustomers(query);
  const expressions = keys.map((key) => key.expression(parameters));
  const selected = [customerColumns(fields), ...expressions.map((expression, i) => `${expression} as s${i}`)].join(
    ', ',
  );
  const after = cursor ? ` and ${comesAfter(cursor, expressions, keys, parameters)}` : '';
  const sql = `select ${selected} from ${from}${after} order by ${orderBy(expressions, keys)} limit ${parameters.add(size + 1)}`;
  const rows = await tx.manager.query<Record<string, unknown>[]>(sql, parameters.values);
  const view = await customerView(tx);
  return {
    customers: rows.map((row) => view(toCustomerRow(row, fields))),
    ends: rows.map((row) => ({
      id: row['id'] as string,
      values: keys.map((_, i) => row[`s${i}`] as Cursor['values'][number]),
    })),
  };
}

/** One customer, or null where there is none that the viewer may see. */
export async function getCustomer(ctx: Context, id: string): Promise<Customer | null> {
  if (!isUuid(id)) return null;
  return read(ctx, async (tx) => {
    const [row] = await selectCustomers(tx, { ids: [id] }, 1);
    return row ? (await customerView(tx))(row) : null;
  });
}
