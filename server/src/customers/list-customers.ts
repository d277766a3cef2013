import type { ReadNote } from '../access-log/note-reads.ts';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { askedNow, type RuleAt } from '../fields/asked-now.ts';
import { checkedQuestion } from '../fields/check-rule.ts';
import { checkedSearch, rarestMatches } from '../fields/customer-search.ts';
import { customerColumns, toCustomerRow } from '../fields/customer-table.ts';
import {
  countCustomers,
  idBehind,
  scopedCustomers,
  selectCustomers,
  type CustomerQuery,
  type MembersOf,
} from '../fields/scoped-customers.ts';
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
  readonly search?: string | null;
  readonly sort?: readonly SortInput[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
  /** Members of a segment alone. */
  readonly members?: MembersOf;
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
    const search = await checkedSearch(tx, page.search);
    const uses = (page.sort ?? []).map(({ field }) => field);
    const query: CustomerQuery = { filter, search, members: page.members, uses: { fields: uses } };
    const keys = await checkedSort(tx, page.sort ?? []);
    const of = fingerprint([page.filter ?? null, search?.terms ?? [], page.sort ?? [], page.members ?? null]);
    const cursor = page.after ? readCursor(page.after, of, keys.length) : undefined;
    const found = await findPage(tx, { query, keys, cursor, size });
    const lastAt = Math.min(size, found.ends.length) - 1;
    const last = found.ends[lastAt];
    return Object.assign(new CustomerConnection(), {
      nodes: found.customers.slice(0, size),
      pageInfo: { hasNextPage: found.customers.length > size, endCursor: last ? writeCursor(last, of) : null },
      readAtEnd: found.customers[lastAt] && readBy(found.customers[lastAt], uses),
      count: () => read(ctx, (later) => countCustomers(later, query)),
    });
  });
}

/** What stands of the last customer of a page in the place where it ends: the values by which customers are sorted. */
function readBy({ read: { fieldKeys, ...of } }: Customer, sorted: readonly string[]): ReadNote {
  return { ...of, fieldKeys: fieldKeys.filter((key) => sorted.includes(key)) };
}

async function filterOf(tx: Transactional<Context>, { filter }: CustomerPage): Promise<RuleAt | undefined> {
  if (filter === undefined || filter === null) return undefined;
  return askedNow(tx, await checkedQuestion(tx, filter));
}

interface PageQuery {
  readonly query: CustomerQuery;
  readonly keys: readonly SortKey[];
  readonly cursor: Cursor | undefined;
  readonly size: number;
}

/** One customer more than a page holds, if there are more, and where each of them stands. */
interface FoundPage {
  readonly customers: readonly Customer[];
  readonly ends: readonly Cursor[];
}

/** Customers that are looked at one by one before the index is asked: what is common is found among them, sooner than by the index. */
const NEAR = 4_000;
/** More customers than this are found sooner one by one than by their ids. */
const RARE = 5_000;

/**
 * A page of what a search finds. Postgres cannot tell how many customers a word finds (it takes the parts of the word for independent),
 * so the way is chosen by what is there: among the newest; else by the index, if few are found; else one by one.
 */
async function findPage(tx: Transactional<Context>, page: PageQuery): Promise<FoundPage> {
  const { search, ...others } = page.query;
  // Another order than the newest first needs everybody who is found.
  if (!search || page.keys.length > 0) return selectPage(tx, page);
  const edge = await idBehind(tx, page.cursor?.id, NEAR);
  const near = { ...others, searchEach: search, ...(edge !== null && { fromId: edge }) };
  const found = await selectPage(tx, { ...page, query: near });
  if (edge === null || found.customers.length > page.size) return found;
  const rare = await rarestMatches(tx, search, RARE);
  // By the index it is found in any field that some role searches in; which roles count is known customer by customer.
  const rest = (await rightsOf(tx)).isScoped ? search : rare?.rest;
  const query = rare ? { ...others, ids: rare.ids, searchEach: rest } : { ...others, searchEach: search };
  return selectPage(tx, { ...page, query });
}

async function selectPage(tx: Transactional<Context>, { query, keys, cursor, size }: PageQuery): Promise<FoundPage> {
  const { fields } = await kept(tx, fieldCatalogue);
  const { from, parameters, counting } = await scopedCustomers(tx, query);
  const expressions = keys.map((key) => key.expression(parameters));
  const selected =
    [customerColumns(fields), ...expressions.map((expression, i) => `${expression} as s${i}`)].join(', ') + counting();
  const after = cursor ? ` and ${comesAfter(cursor, expressions, keys, parameters)}` : '';
  const sql = `select ${selected} from ${from}${after} order by ${orderBy(expressions, keys)} limit ${parameters.add(size + 1)}`;
  const rows = await tx.manager.query<Record<string, unknown>[]>(sql, parameters.values);
  const view = await customerView(tx, query.members ? 'segment' : 'list');
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

/** Customers by id in the order of the ids; null for one that the viewer may not see. */
export async function customersById(ctx: Context, ids: readonly string[]): Promise<(Customer | null)[]> {
  return read(ctx, async (tx) => {
    const view = await customerView(tx, 'list');
    const rows = await selectCustomers(tx, { ids }, ids.length);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => (byId.has(id) ? view(byId.get(id)!) : null));
  });
}
