import { sentence, SqlParameters } from '@kequn/rules';
import { z } from 'zod';
import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fingerprint } from '../customers/cursor.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { scopedCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { pageSize } from '../platform/page-size.ts';
import { invalid } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { isUuid } from '../platform/uuid.ts';
import { AuditConnection, AuditEntry } from './audit-entry.ts';
import { shownChanges } from './shown-changes.ts';

/** Which page of which entries is asked for. */
export interface AuditPage {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly customerId?: string | null;
  /** In action, target and the actor's name. */
  readonly search?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
}

/**
 * What was done, newest first: nothing of customers and fields that the viewer does not see, and of the rest what the viewer may know.
 * Needs VIEW_AUDIT.
 *
 * @throws {Refused} FORBIDDEN, LIMIT_EXCEEDED, VALIDATION_FAILED for a place that is none.
 */
export async function listAuditLog(ctx: Context, page: AuditPage): Promise<AuditConnection> {
  const size = pageSize(page.first, limits.historyPage);
  return read(ctx, async (tx) => {
    await requireCapability(tx, 'VIEW_AUDIT');
    const { customerId, search, from, to } = page;
    const of = fingerprint([customerId ?? null, search ?? null, from ?? null, to ?? null]);
    const found = await select(tx, page, { before: page.after ? readPlace(page.after, of) : null, limit: size + 1 });
    const show = await shownChanges(tx, found);
    const nodes = found.slice(0, size).map((entry) => Object.assign(new AuditEntry(), entry, { changes: show(entry) }));
    const last = nodes.at(-1);
    return Object.assign(new AuditConnection(), {
      nodes,
      pageInfo: { hasNextPage: found.length > size, endCursor: last ? writePlace(last.id, of) : null },
    });
  });
}

async function select(
  tx: Transactional<Context>,
  { customerId, search, from, to }: AuditPage,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<AuditEntry[]> {
  const { parameters, conditions } = await visible(tx);
  const add = (condition: string, value: string | number) =>
    conditions.push(condition.replace('?', parameters.add(value)));
  if (before !== null) add('a.id < ?::bigint', before);
  if (customerId) add('a.target = ?', `customer:${isUuid(customerId) ? customerId.toLowerCase() : ''}`);
  if (from) add('a.at >= ?::timestamptz', from);
  if (to) add('a.at < ?::timestamptz', to);
  const text = (search ?? '').trim().slice(0, limits.searchLength).replaceAll('\0', '');
  if (text) add(`strpos(lower(concat_ws(' ', a.action, a.target, u.name)), lower(?)) > 0`, text);
  return tx.manager.query<AuditEntry[]>(
    `select a.id::text as id, a.at, a.actor_id as "actorId", a.address, a.action, a.target, a.changes
       from audit_entry a left join app_user u on u.id = a.actor_id
      where ${conditions.join(' and ')} order by a.id desc limit ${parameters.add(limit)}`,
    parameters.values,
  );
}

/** What the viewer may know to have happened: that something was done to a hidden field or to somebody else's customer tells of them. */
async function visible(tx: Transactional<Context>): Promise<{ parameters: SqlParameters; conditions: string[] }> {
  const rights = await rightsOf(tx);
  const { fields } = await kept(tx, fieldCatalogue);
  const seesAll = rights.held.some(({ role }) => role.rowScope === null);
  const { from, parameters } = seesAll ? { from: '', parameters: new SqlParameters() } : await scopedCustomers(tx, {});
  const hidden = fields.filter(({ key }) => rights.accessTo(key) === 'HIDDEN').map(({ key }) => `field:${key}`);
  const conditions = [`a.target <> all(${parameters.add(hidden)}::text[])`];
  // Of customers who are gone nobody can tell any more in whose scope they were.
  if (!seesAll)
    conditions.push(
      `case when a.target like 'customer:%' then substr(a.target, 10)::uuid in (select c.id from ${from}) else true end`,
    );
  // Whose e-mail somebody tried to sign in with is for who may know the e-mails of users.
  if (!rights.has('MANAGE_USERS')) conditions.push(`a.target not like 'email:%'`);
  return { parameters, conditions };
}

const place = z.tuple([z.number().int().positive(), z.string()]);

function writePlace(id: string, of: string): string {
  return Buffer.from(JSON.stringify([Number(id), of])).toString('base64url');
}

function readPlace(text: string, of: string): number {
  const parsed = place.safeParse(parsedJson(Buffer.from(text, 'base64url').toString()));
  if (parsed.success && parsed.data[1] === of) return parsed.data[0];
  const message = sentence(
    '翻页位置已失效，请从第一页开始',
    'This page position is no longer valid; start from the first page',
  );
  throw invalid([{ path: 'after', code: 'INVALID', message }]);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
