import { SqlParameters } from '@kequn/rules';
import { z } from 'zod';
import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fingerprint, noPlace, readPlace, writePlace } from '../customers/cursor.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { scopedCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { pageSize } from '../platform/page-size.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { isUuid } from '../platform/uuid.ts';
import { SensitiveReadConnection, type SensitiveRead } from './sensitive-read.ts';
import { shownReads, type StoredRead } from './shown-reads.ts';

/** Which page of which reads is asked for. */
export interface SensitiveReadPage {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly customerId?: string | null;
  readonly actorId?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
}

/** Rows that each further round for a page looks at, at least. */
const ROUND = 200;

/** Rounds for a page: it takes no longer however little may be told. */
const ROUNDS = 10;

/**
 * Who was told values of sensitive fields, of whom and when, newest first, as far as the viewer may know of the fields and the customers.
 * A page may be short, even empty, and have a next one: where little may be told it ends after so many rows. Needs VIEW_AUDIT.
 *
 * @throws {Refused} FORBIDDEN, LIMIT_EXCEEDED, VALIDATION_FAILED for a place that is none.
 */
export async function listSensitiveReads(ctx: Context, page: SensitiveReadPage): Promise<SensitiveReadConnection> {
  const size = pageSize(page.first, limits.page);
  return read(ctx, async (tx) => {
    await requireCapability(tx, 'VIEW_AUDIT');
    const { customerId, actorId, from, to } = page;
    const of = fingerprint([customerId ?? null, actorId ?? null, from ?? null, to ?? null]);
    const before = page.after ? readBefore(page.after, of) : null;
    const { told, lookedAt } = await tellable(tx, page, { before, limit: size + 1 });
    const nodes = told.slice(0, size);
    const isFull = told.length > size;
    const last = isFull ? nodes.at(-1)?.id : (lookedAt ?? nodes.at(-1)?.id);
    return Object.assign(new SensitiveReadConnection(), {
      nodes,
      pageInfo: { hasNextPage: isFull || lookedAt !== null, endCursor: last ? writePlace({ id: last, of }) : null },
    });
  });
}

const place = z.strictObject({ id: z.uuid(), of: z.string() });

function readBefore(after: string, of: string): string {
  const { id, of: asked } = readPlace(after, place);
  if (asked !== of) throw noPlace();
  return id;
}

/** Where a page begins, and how long it is. */
interface Part {
  readonly before: string | null;
  readonly limit: number;
}

/** Reads of which something may be told. */
interface Tellable {
  readonly told: readonly SensitiveRead[];
  /** The id of the row up to which all were looked at; null where there are no more. */
  readonly lookedAt: string | null;
}

/**
 * So many of them, or all that there are, or those among the rows that a page looks at: of a row that was found there may be nothing left.
 * The first round takes as many rows as are asked for, which nearly always is enough: a row may name a thousand customers.
 */
async function tellable(
  tx: Transactional<Context>,
  page: SensitiveReadPage,
  { before, limit }: Part,
): Promise<Tellable> {
  const told: SensitiveRead[] = [];
  let at = before;
  for (let round = 0; round < ROUNDS && told.length < limit; round += 1) {
    const size = round === 0 ? limit : Math.max(limit, ROUND);
    const rows = await select(tx, page, { before: at, limit: size });
    told.push(...(await shownReads(tx, rows, page.customerId?.toLowerCase() ?? null)));
    if (rows.length < size) return { told, lookedAt: null };
    at = rows.at(-1)!.id;
  }
  return { told, lookedAt: at };
}

async function select(
  tx: Transactional<Context>,
  { customerId, actorId, from, to }: SensitiveReadPage,
  { before, limit }: Part,
): Promise<readonly StoredRead[]> {
  const { parameters, conditions } = await visible(tx);
  const add = (value: string | null, condition: (placeholder: string) => string) =>
    conditions.push(condition(parameters.add(value)));
  const idOrNone = (id: string) => (isUuid(id) ? id : null);
  if (before !== null) add(before, (id) => `r.id < ${id}::uuid`);
  if (customerId) add(idOrNone(customerId), (id) => `r.customer_ids @> array[${id}::uuid]`);
  if (actorId) add(idOrNone(actorId), (id) => `r.actor_id = ${id}::uuid`);
  if (from) add(from, (instant) => `r.at >= ${instant}::timestamptz`);
  if (to) add(to, (instant) => `r.at < ${instant}::timestamptz`);
  return tx.manager.query<StoredRead[]>(
    `select r.id, r.at, r.actor_id as "actorId", r.address, r.channel,
            r.customer_ids as "customerIds", r.field_sets as "fieldSets", r.set_of as "setOf"
       from sensitive_read r where ${conditions.join(' and ')} order by r.id desc limit ${parameters.add(limit)}`,
    parameters.values,
  );
}

/** Reads of which something may be left for the viewer: of a field that is not hidden by all roles, of a customer in some scope. */
async function visible(tx: Transactional<Context>): Promise<{ parameters: SqlParameters; conditions: string[] }> {
  const rights = await rightsOf(tx);
  const { fields } = await kept(tx, fieldCatalogue);
  const seesAll = rights.held.some(({ role }) => role.rowScope === null);
  const { from, parameters } = seesAll ? { from: '', parameters: new SqlParameters() } : await scopedCustomers(tx, {});
  const known = fields.map(({ key }) => key).filter((key) => rights.accessTo(key) !== 'HIDDEN');
  const conditions = [`r.field_keys && ${parameters.add(known)}::text[]`];
  if (!seesAll) conditions.push(`exists (select 1 from ${from} and c.id = any(r.customer_ids))`);
  return { parameters, conditions };
}
