import { SqlParameters, ruleToSql } from '@kequn/rules';
import { rightsOf, type KnownRole, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import type { RuleAt } from './asked-now.ts';
import { fieldCatalogue } from './catalogue.ts';
import { foundByIndex, foundByRow, type CustomerSearch } from './customer-search.ts';
import { customerColumns, customerTarget, toCustomerRow, type CustomerRow } from './customer-table.ts';
import { kept } from '../platform/rule-set.ts';
import { rolesThatMayUse } from './restriction.ts';
import { scopeWriter } from './row-scopes.ts';
import { sourcesOf, type Sources } from './segment-reads.ts';

/** Members of a segment: those of its generation (nobody where it has none), or those whom history knows in it at an instant. */
export type MembersOf =
  | { readonly segmentId: string; readonly generationId: string | null }
  | { readonly segmentId: string; readonly at: string };

/** Which customers are asked for, and in what order. */
export interface CustomerQuery {
  readonly filter?: RuleAt | undefined;
  /** What something is found out by, beside the filter, the search and the members. */
  readonly uses?: Sources | undefined;
  /** Those that a search finds. */
  readonly search?: CustomerSearch | undefined;
  /** The same, looked for customer by customer. */
  readonly searchEach?: CustomerSearch | undefined;
  /** No older ones than this. */
  readonly fromId?: string | undefined;
  /** Older ones than this alone. */
  readonly beforeId?: string | undefined;
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
  /** Writes what is selected beside the columns: which roles of the viewer count on the customer. Empty where all of them do. */
  counting(): string;
}

/**
 * The only door for reads of customers: every list, count, preview and member page starts from it, so that what limits which
 * customers a viewer sees has one place. A role lets its users see the customers in its scope; where fields are used, it has to be one
 * that reads all of them. Beside other conditions of one statement it writes its parameters to theirs.
 *
 * @throws {Refused} FIELD_FORBIDDEN where no role of the viewer may know all that is used.
 */
export async function scopedCustomers(
  tx: Transactional<Context>,
  query: CustomerQuery,
  parameters = new SqlParameters(),
): Promise<ScopedCustomers> {
  const rights = await rightsOf(tx);
  const seeing = await rolesSeeing(tx, query);
  const scope = await scopeWriter(tx, rights, parameters);
  const conditions = [...matching(query, parameters), isSeen(seeing, query, { rights, scope, parameters })];
  const sample =
    query.samplePercent === undefined ? '' : ` tablesample system (${parameters.add(query.samplePercent)})`;
  return {
    parameters,
    from: `customer c${sample} where ${conditions.join(' and ')}`,
    counting: () => (rights.isScoped ? `, array[${rights.held.map(scope).join(', ')}] as counting` : ''),
  };
}

async function rolesSeeing(
  tx: Transactional<Context>,
  { filter, members, uses = {} }: CustomerQuery,
): Promise<readonly KnownRole[]> {
  const asked = filter ? await sourcesOf(tx, filter.rule) : {};
  const ofMembers: Sources = members ? { ['at' in members ? 'moves' : 'members']: [members.segmentId] } : {};
  const all = [uses, asked, ofMembers];
  const sources = {
    fields: [...new Set(all.flatMap(({ fields = [] }) => [...fields]))],
    members: all.flatMap((each) => [...(each.members ?? [])]),
    moves: all.flatMap(({ moves = [] }) => [...moves]),
  };
  const seeing = await rolesThatMayUse(tx, sources);
  const isUsing = sources.fields.length + sources.members.length + sources.moves.length > 0;
  if (isUsing && seeing.length === 0) throw refused('FIELD_FORBIDDEN', { fields: sources.fields });
  return seeing;
}

function matching(query: CustomerQuery, parameters: SqlParameters): string[] {
  const { filter, fromId, beforeId, ids, members } = query;
  return [
    ...(filter ? [ruleToSql(filter.rule, customerTarget(parameters, filter.moment))] : []),
    ...(fromId ? [`c.id >= ${parameters.add(fromId)}::uuid`] : []),
    ...(beforeId ? [`c.id < ${parameters.add(beforeId)}::uuid`] : []),
    ...(ids ? [`c.id = any(${parameters.add(ids)}::uuid[])`] : []),
    ...(members ? [isMember(members, parameters)] : []),
  ];
}

/** What scopes are written with. */
interface Writing {
  readonly rights: Rights;
  readonly parameters: SqlParameters;
  scope(role: KnownRole): string;
}

/** That one of the roles sees a customer, found by a search in the fields that the same role searches in. */
function isSeen(seeing: readonly KnownRole[], query: CustomerQuery, { rights, scope, parameters }: Writing): string {
  const searches: ((narrow: Narrowing) => string)[] = [];
  if (query.search) searches.push((narrow) => foundByIndex(narrow(query.search!), parameters));
  if (query.searchEach) searches.push((narrow) => foundByRow(narrow(query.searchEach!), parameters));
  if (!rights.isScoped && seeing.length > 0)
    return ['true', ...searches.map((write) => write((each) => each))].join(' and ');
  const ways = seeing.map((role) => {
    const narrow: Narrowing = ({ terms, fieldKeys }) => ({
      terms,
      fieldKeys: fieldKeys.filter((key) => rights.alone(role).may(key, 'search')),
    });
    return `(${[scope(role), ...searches.map((write) => write(narrow))].join(' and ')})`;
  });
  return ways.length === 0 ? 'false' : `(${ways.join(' or ')})`;
}

type Narrowing = (search: CustomerSearch) => CustomerSearch;

/** That a customer is or was a member. A former day is told by the last change until then of each customer of the segment. */
function isMember(members: MembersOf, parameters: SqlParameters): string {
  if ('generationId' in members) {
    const generation = parameters.add(members.generationId);
    return `exists (select 1 from membership m where m.generation_id = ${generation}::uuid and m.customer_id = c.id)`;
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
  const { from, parameters } = await scopedCustomers(tx, query);
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
  const { from, parameters } = await scopedCustomers(tx, query);
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
  const { from, parameters } = await scopedCustomers(tx, {});
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
  const { from, parameters, counting } = await scopedCustomers(tx, query);
  const sql = `select ${customerColumns(fields)}${counting()} from ${from} order by c.id desc limit ${parameters.add(limit)}`;
  const rows = await tx.manager.query<Record<string, unknown>[]>(sql, parameters.values);
  return rows.map((row) => toCustomerRow(row, fields));
}

/** Those of these customers whom the viewer sees, each with what the viewer may do with it by the roles in whose scopes it lies. */
export async function seenCustomers(
  tx: Transactional<Context>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Rights>> {
  const rights = await rightsOf(tx);
  const { from, parameters, counting } = await scopedCustomers(tx, { ids });
  const rows = await tx.manager.query<{ id: string; counting?: boolean[] }[]>(
    `select c.id${counting()} from ${from}`,
    parameters.values,
  );
  return new Map(rows.map(({ id, counting: counts }) => [id, counts ? rights.counting(counts) : rights]));
}

/**
 * The same where it is known that the customers were there: of those who are gone meanwhile a viewer who sees all may know what a viewer
 * may, and any other nothing.
 */
export async function rightsOnCustomers(
  tx: Transactional<Context>,
  ids: readonly string[],
): Promise<(id: string) => Rights | undefined> {
  const rights = await rightsOf(tx);
  if (!rights.isScoped) return () => rights;
  const seen = await seenCustomers(tx, ids);
  return (id) => seen.get(id);
}

/** What the viewer may do with a customer that was read through the door. */
export async function rightsOnRow(tx: Transactional<Context>): Promise<(row: CustomerRow) => Rights> {
  const rights = await rightsOf(tx);
  const known = new Map<string, Rights>();
  return ({ counting }) => {
    if (!counting) return rights;
    const key = counting.join();
    const narrowed = known.get(key) ?? rights.counting(counting);
    known.set(key, narrowed);
    return narrowed;
  };
}
