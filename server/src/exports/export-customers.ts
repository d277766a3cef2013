import { systemFields, type FieldDefinition, type Node, type Problem } from '@kequn/rules';
import { sentence } from '@kequn/rules';
import { noteReads } from '../access-log/note-reads.ts';
import { sensitiveValues } from '../access-log/sensitive-values.ts';
import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { askedNow } from '../fields/asked-now.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { checkedQuestion } from '../fields/check-rule.ts';
import { checkedSearch } from '../fields/customer-search.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import { memberRestriction } from '../fields/restriction.ts';
import { rightsOnRow, selectCustomers, type CustomerQuery, type MembersOf } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { alone, read } from '../platform/transaction.ts';
import { findSegment } from '../segments/find-segment.ts';
import { cellWriter, type Cell } from './cells.ts';
import type { Table } from './table-files.ts';

/** Which customers, and what of them; nothing given: everybody, and every field that the viewer may read. */
export interface ExportOrder {
  readonly segmentId: string | null;
  /** The keys of fields, system fields among them. */
  readonly columns: readonly string[] | null;
  /** A rule that limits them further, and a search. */
  readonly filter: unknown;
  readonly search: string | null;
}

/** Customers that are read at once. */
const PAGE = 1_000;

/**
 * Exports customers, newest first, page by page: each page with the rights that its caller has then, whom `caller` tells. What may not be
 * read of a customer is left empty. Needs EXPORT; that it was done is recorded first.
 *
 * @throws {Refused} FORBIDDEN without EXPORT and for a restricted segment, NOT_FOUND, VALIDATION_FAILED for columns that do not exist,
 * FIELD_FORBIDDEN, RULE_INVALID, LIMIT_EXCEEDED; the same while it goes on, UNAUTHENTICATED when the session has ended.
 */
export async function exportCustomers(
  ctx: Context,
  order: ExportOrder,
  caller: () => Promise<Context>,
): Promise<Table> {
  const columns = await read(ctx, async (tx) => {
    await exportQuery(tx, order);
    return exportedColumns(tx, order.columns);
  });
  const keys = columns.map(({ key }) => key);
  const { segmentId, filter, search } = order;
  const target = segmentId === null ? 'customers:' : `segment:${segmentId.toLowerCase()}`;
  const changes = { columns: keys, filter: filter ?? null, search };
  await alone(ctx, (manager) => recordAudit({ ...ctx, manager }, { action: 'customers.exported', target, changes }));
  return {
    header: columns.map(({ label, labels }) => labels[ctx.locale] ?? label),
    rows: exportedRows({ ...order, columns: keys }, caller),
  };
}

async function* exportedRows(order: ExportOrder, caller: () => Promise<Context>): AsyncIterable<Cell[]> {
  for (let beforeId: string | undefined, isMore = true; isMore;) {
    const ctx = await caller();
    const page = await read(ctx, (tx) => readPage(tx, order, beforeId));
    await noteReads(ctx, page.told);
    yield* page.rows;
    beforeId = page.lastId;
    isMore = page.rows.length === PAGE;
  }
}

async function readPage(tx: Transactional<Context>, order: ExportOrder, beforeId: string | undefined) {
  const query = await exportQuery(tx, order);
  const columns = await exportedColumns(tx, order.columns);
  const found = await selectCustomers(tx, { ...query, beforeId }, PAGE);
  const rightsOn = await rightsOnRow(tx);
  const write = await cellWriter(
    tx,
    found.map(({ values }) => values),
  );
  const rows = found.map((row) => {
    const rights = rightsOn(row);
    return columns.map((column) => (rights.may(column.key, 'export') ? write(column, valueOf(row, column)) : null));
  });
  const sensitiveIn = await sensitiveValues(tx);
  const exported = new Set(columns.map(({ key }) => key));
  const told = found.map((row) => ({
    channel: 'export' as const,
    customerId: row.id,
    fieldKeys: sensitiveIn(row.values, rightsOn(row)).filter((key) => exported.has(key)),
  }));
  return { rows, told, lastId: found.at(-1)?.id };
}

function valueOf({ values, createdAt, updatedAt, owner }: CustomerRow, { key }: FieldDefinition) {
  const system: Readonly<Record<string, string | null>> = { created_at: createdAt, updated_at: updatedAt, owner };
  return Object.hasOwn(system, key) ? system[key]! : (values[key] ?? null);
}

async function exportQuery(tx: Transactional<Context>, order: ExportOrder): Promise<CustomerQuery> {
  await requireCapability(tx, 'EXPORT');
  const members = order.segmentId === null ? undefined : await membersOf(tx, order.segmentId);
  const rule: Node | undefined =
    order.filter === undefined || order.filter === null ? undefined : await checkedQuestion(tx, order.filter);
  const filter = rule && (await askedNow(tx, rule));
  return { members, filter, search: await checkedSearch(tx, order.search) };
}

async function membersOf(tx: Transactional<Context>, segmentId: string): Promise<MembersOf> {
  const segment = await findSegment(tx, segmentId);
  if (!segment) throw notFound();
  if ((await memberRestriction(tx))(segment.id)) throw refused('FORBIDDEN');
  return { segmentId: segment.id, generationId: segment.generationId };
}

/** A column that is hidden is answered as one that does not exist. */
async function exportedColumns(
  tx: Transactional<Context>,
  keys: readonly string[] | null,
): Promise<readonly FieldDefinition[]> {
  const rights = await rightsOf(tx);
  const { fields } = await kept(tx, fieldCatalogue);
  const live = fields.filter(({ archived }) => !archived);
  const visible: readonly FieldDefinition[] = [...live, ...systemFields].filter(
    ({ key }) => rights.accessTo(key) !== 'HIDDEN',
  );
  if (keys === null) return visible.filter(({ key }) => rights.may(key, 'export'));
  const columns = [...new Set(keys)].map((key) => visible.find((field) => field.key === key) ?? key);
  const unknown = columns.filter((column) => typeof column === 'string');
  if (unknown.length > 0) throw invalid(unknown.map(noSuchField));
  const known = columns.filter((column) => typeof column !== 'string');
  const forbidden = known.filter(({ key }) => !rights.may(key, 'export')).map(({ key }) => key);
  if (forbidden.length > 0) throw refused('FIELD_FORBIDDEN', { fields: forbidden });
  return known;
}

function noSuchField(key: string): Problem {
  return { path: `columns/${key}`, code: 'UNKNOWN_FIELD', message: sentence('没有这个字段', 'There is no such field') };
}
