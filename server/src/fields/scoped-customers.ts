import { SqlParameters, ruleToSql } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import type { RuleAt } from './asked-now.ts';
import { fieldCatalogue } from './catalogue.ts';
import { foundByIndex, foundByRow, type CustomerSearch } from './customer-search.ts';
import { customerColumns, customerTarget, toCustomerRow, type CustomerRow } from './customer-table.ts';
import { kept } from '../platform/rule-set.ts';

/** Members of a segment: those of a generation, or those whom history knows in it at an instant. */
export type MembersOf = { readonly generationId: string } | { readonly segmentId: string; readonly at: string };

/** Which customers are asked for, and in what order. */
export interface CustomerQuery {
  readonly filter?: RuleAt | undefined;
  /** Those that a search finds. */
  readonly search?: CustomerSearch | undefined;
  /** The same, looked for customer by customer. */
  readonly searchEach?: CustomerSearch | undefined;
  /** No older ones than this. */
  readonly fromId?: string | undefined;
  /** Members of a segment alone. */
  readonly members?: MembersOf | undefined;
  readonly ids?: readonly string[] | undefined;
  /** Of a random sample of the table's pages, so many percent of them. */
  readonly samplePercent?: number | undefined;
}

/** A statement on the customers that a viewer may see, under construction. */
export interface ScopedCustomers {
  readonly parameters: SqlParameters;
  /** `customer c where …`, to be put behind FROM. */
  readonly from: string;
}

/**
 * The only door for reads of customers: every list, count, preview and member page starts from it, so that what limits which
 * customers a viewer sees has one place.
 */
export function scopedCustomers(query: CustomerQuery): ScopedCustomers {
  const parameters = new SqlParameters();
  const conditions = ['true'];
  const { filter } = query;
  if (filter) conditions.push(ruleToSql(filter.rule, customerTarget(parameters, filter.moment)));
  if (query.search) conditions.push(foundByIndex(query.search, parameters));
  if (query.searchEach) conditions.push(foundByRow(query.searchEach, parameters));
  if (query.fromId) conditions.push(`c.id >= ${parameters.add(query.fromId)}::uuid`);
  if (query.ids) conditions.push(`c.id = any(${parameters.add(query.ids)}::uuid[])`);
  if (query.members) conditions.push(isMember(query.members, parameters));
  const sample =
    query.samplePercent === undefined ? '' : ` tablesample system (${parameters.add(query.samplePercent)})`;
  return { parameters, from: `customer c${sample} where ${conditions.join(' and ')}` };
}

/** That a customer is or was a member. A former day is told by the last change until then of each customer of the segment. */
function isMember(members: MembersOf, parameters: SqlParameters): string {
  if ('generationId' in members) {
    const generation = parameters.add(members.generationId);
    return `exists (select 1 from membership m where m.generation_id = ${generation} and m.customer_id = c.id)`;
  }
  const [segment, at] = [parameters.add(members.segmentId), parameters.add(members.at)];
  return `c.id in (
    select "then".customer_id from (
      select distinct on (h.customer_id) h.customer_id, h.kind from membership_change h
       where h.segment_id = ${segment}::uuid and h.at <= ${at}::timestamptz
       order by h.customer_id, h.at desc, h.id desc) "then"
     where "then".kind = 'ENTERED')`;
}

/** Counts customers that the viewer may see. */
export async function countCustomers(tx: Transactional<Context>, query: CustomerQuery): Promise<number> {
  const { from, parameters } = scopedCustomers(query);
  const [row] = await tx.manager.query<{ count: number }[]>(`select count(*) as count from ${from}`, parameters.values);
  return row?.count ?? 0;
}

/** Which part of a set of customers is gone through next. */
export interface IdRange {
  readonly afterId: string | null;
  readonly beforeId: string;
  readonly limit: number;
}

/** The ids of customers that the viewer may see, in the order of ids. */
export async function selectIds(
  tx: Transactional<Context>,
  query: CustomerQuery,
  { afterId, beforeId, limit }: IdRange,
): Promise<readonly string[]> {
  const { from, parameters } = scopedCustomers(query);
  const after = afterId === null ? '' : ` and c.id > ${parameters.add(afterId)}::uuid`;
  const rows = await tx.manager.query<{ id: string }[]>(
    `select c.id from ${from}${after} and c.id < ${parameters.add(beforeId)}::uuid order by c.id limit ${parameters.add(limit)}`,
    parameters.values,
  );
  return rows.map(({ id }) => id);
}

/** The id of the customer that stands `distance` behind the newest, or behind the one after which a list goes on; null where there is none. */
export async function idBehind(
  tx: Transactional<Context>,
  afterId: string | undefined,
  distance: number,
): Promise<string | null> {
  const { from, parameters } = scopedCustomers({});
  const after = afterId === undefined ? '' : ` and c.id < ${parameters.add(afterId)}::uuid`;
  const [row] = await tx.manager.query<{ id: string }[]>(
    `select c.id from ${from}${after} order by c.id desc offset ${parameters.add(distance)} limit 1`,
    parameters.values,
  );
  return row?.id ?? null;
}

/** Reads customers that the viewer may see, newest first unless told otherwise. */
export async function selectCustomers(
  tx: Transactional<Context>,
  query: CustomerQuery,
  limit: number,
): Promise<readonly CustomerRow[]> {
  const { fields } = await kept(tx, fieldCatalogue);
  const { from, parameters } = scopedCustomers(query);
  const sql = `select ${customerColumns(fields)} from ${from} order by c.id desc limit ${parameters.add(limit)}`;
  const rows = await tx.manager.query<Record<string, unknown>[]>(sql, parameters.values);
  return rows.map((row) => toCustomerRow(row, fields));
}
