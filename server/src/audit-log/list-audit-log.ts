import { eventsKey, SqlParameters } from '@kequn/rules';
import { z } from 'zod';
import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fingerprint, noPlace, readPlace, writePlace } from '../customers/cursor.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { checkedSearchText } from '../fields/customer-search.ts';
import { rolesThatMayUse } from '../fields/restriction.ts';
import { scopedCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { pageSize } from '../platform/page-size.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { isUuid } from '../platform/uuid.ts';
import { AuditConnection, AuditEntry } from './audit-entry.ts';
import { shownChanges, type StoredEntry } from './shown-changes.ts';

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
 * @throws {Refused} FORBIDDEN, LIMIT_EXCEEDED, VALIDATION_FAILED for a place that is none or a character that no text holds.
 */
export async function listAuditLog(ctx: Context, page: AuditPage): Promise<AuditConnection> {
  const size = pageSize(page.first, limits.historyPage);
  return read(ctx, async (tx) => {
    await requireCapability(tx, 'VIEW_AUDIT');
    const { customerId, search, from, to } = page;
    const of = fingerprint([customerId ?? null, search ?? null, from ?? null, to ?? null]);
    const before = page.after ? readBefore(page.after, of) : null;
    const found = await select(tx, page, { before, limit: size + 1 });
    const show = await shownChanges(tx, found);
    const nodes = found.slice(0, size).map((entry) => Object.assign(new AuditEntry(), entry, show(entry)));
    const last = nodes.at(-1);
    return Object.assign(new AuditConnection(), {
      nodes,
      pageInfo: { hasNextPage: found.length > size, endCursor: last ? writePlace({ id: last.id, of }) : null },
    });
  });
}

const place = z.strictObject({ id: z.string().regex(/^\d{1,18}$/), of: z.string() });

function readBefore(after: string, of: string): string {
  const { id, of: asked } = readPlace(after, place);
  if (asked !== of) throw noPlace();
  return id;
}

async function select(
  tx: Transactional<Context>,
  { customerId, search, from, to }: AuditPage,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<StoredEntry[]> {
  const { parameters, conditions } = await visible(tx);
  const add = (value: string, condition: (placeholder: string) => string) =>
    conditions.push(condition(parameters.add(value)));
  if (before !== null) add(before, (id) => `a.id < ${id}::bigint`);
  if (customerId)
    add(`customer:${isUuid(customerId) ? customerId.toLowerCase() : ''}`, (target) => `a.target = ${target}`);
  if (from) add(from, (instant) => `a.at >= ${instant}::timestamptz`);
  if (to) add(to, (instant) => `a.at < ${instant}::timestamptz`);
  const text = checkedSearchText(search ?? '').trim();
  if (text) add(text, (asked) => `strpos(lower(concat_ws(' ', a.action, a.target, u.name)), lower(${asked})) > 0`);
  return tx.manager.query<StoredEntry[]>(
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
  // That an answer waited for a decision tells that some customer has what it says.
  if (!seesAll) conditions.push(`a.target not like 'submission:%'`);
  // Whose e-mail somebody tried to sign in with is for who may know the e-mails of users.
  if (!rights.has('MANAGE_USERS')) conditions.push(`a.target not like 'email:%'`);
  conditions.push(await eventsAreTold(tx, parameters));
  return { parameters, conditions };
}

/** What customers did is recorded as theirs: that it was, how often and when, is for who may read it of the customer. */
async function eventsAreTold(tx: Transactional<Context>, parameters: SqlParameters): Promise<string> {
  const readers = await rolesThatMayUse(tx, { fields: [eventsKey] });
  if (readers.some(({ role }) => role.rowScope === null)) return 'true';
  if (readers.length === 0) return `a.action not like 'event.%'`;
  const { from } = await scopedCustomers(tx, { uses: { fields: [eventsKey] } }, parameters);
  return `case when a.action like 'event.%' then substr(a.target, 10)::uuid in (select c.id from ${from}) else true end`;
}
