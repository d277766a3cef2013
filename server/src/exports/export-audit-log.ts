import { sentence } from '@kequn/rules';
import { noteReads } from '../access-log/note-reads.ts';
import { requireCapability } from '../access/gate.ts';
import { usersById } from '../access/list-users.ts';
import type { Context } from '../access/viewer.ts';
import type { AuditEntry } from '../audit-log/audit-entry.ts';
import { listAuditLog, type AuditPage } from '../audit-log/list-audit-log.ts';
import { recordAudit } from '../audit/audit.ts';
import { limits } from '../platform/limits.ts';
import { alone, read } from '../platform/transaction.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Cell } from './cells.ts';
import type { Table } from './table-files.ts';

/** What of the audit log is exported; null does not narrow it. */
export type AuditOrder = Readonly<Record<'customerId' | 'search' | 'from' | 'to', string | null>>;

const words = {
  at: sentence('时间（UTC）', 'Time (UTC)'),
  who: sentence('操作人', 'Who'),
  address: sentence('来源地址', 'Address'),
  action: sentence('操作', 'Action'),
  target: sentence('对象', 'Target'),
  changes: sentence('改动', 'Changes'),
} as const;

const restricted = sentence('无权查看', 'restricted');

/**
 * Exports what was done, newest first, page by page: each page as the audit log tells it to its caller then, whom `caller` tells. Needs
 * VIEW_AUDIT and EXPORT; that it was done is recorded first, and so the newest entry.
 *
 * @throws {Refused} FORBIDDEN, LIMIT_EXCEEDED, VALIDATION_FAILED for a search that no text holds; the same while it goes on,
 * UNAUTHENTICATED when the session has ended.
 */
export async function exportAuditLog(ctx: Context, order: AuditOrder, caller: () => Promise<Context>): Promise<Table> {
  await auditPage(ctx, { ...order, first: 1 });
  const { customerId, search, from, to } = order;
  // Whoever may see a customer may know that what was done to them was carried away.
  const target = customerId !== null && isUuid(customerId) ? `customer:${customerId.toLowerCase()}` : 'auditLog:';
  const changes = { search, fromInstant: from, toInstant: to };
  await alone(ctx, (manager) => recordAudit({ ...ctx, manager }, { action: 'auditLog.exported', target, changes }));
  return { header: Object.values(words).map((name) => name[ctx.locale]), rows: exportedEntries(order, caller) };
}

async function* exportedEntries(order: AuditOrder, caller: () => Promise<Context>): AsyncIterable<Cell[]> {
  for (let after: string | null = null, isMore = true; isMore;) {
    const ctx = await caller();
    const { nodes, pageInfo } = await auditPage(ctx, { ...order, first: limits.historyPage, after });
    await noteReads(
      ctx,
      nodes.map((entry) => ({ ...entry.read, channel: 'export' as const })),
    );
    yield* await rowsOf(ctx, nodes);
    after = pageInfo.endCursor;
    isMore = pageInfo.hasNextPage;
  }
}

async function auditPage(ctx: Context, page: AuditPage) {
  await read(ctx, (tx) => requireCapability(tx, 'EXPORT'));
  return listAuditLog(ctx, page);
}

async function rowsOf(ctx: Context, entries: readonly AuditEntry[]): Promise<Cell[][]> {
  const ids = [...new Set(entries.flatMap(({ actorId }) => actorId ?? []))];
  const users = await usersById(ctx, ids);
  const names = new Map(ids.map((id, index) => [id, users[index]?.name ?? null]));
  return entries.map(({ at, actorId, address, action, target, changes }) => [
    new Date(at).toISOString(),
    actorId === null ? null : (names.get(actorId) ?? null),
    address,
    action,
    target,
    changes['restricted'] === true ? restricted[ctx.locale] : JSON.stringify(changes),
  ]);
}
