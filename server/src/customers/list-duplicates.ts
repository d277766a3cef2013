import { SqlParameters } from '@kequn/rules';
import { z } from 'zod';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { scopedCustomers, selectCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { pageSize } from '../platform/page-size.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { readPlace, writePlace } from './cursor.ts';
import { Duplicate, DuplicateConnection } from './duplicate.ts';
import { customerView } from './show-customer.ts';

interface StoredDuplicate {
  readonly id: string;
  readonly fieldKey: string;
  readonly foundAt: string;
  /** Who had the value first. */
  readonly firstId: string;
  readonly laterId: string;
}

const place = z.strictObject({ id: z.uuid() });

/**
 * Customers who share a value of a unique field, the latest found first: whoever saved the later one does not see the other. Told to who reads
 * the field on both.
 *
 * @throws {Refused} LIMIT_EXCEEDED, VALIDATION_FAILED for a place that is none.
 */
export async function listDuplicates(
  ctx: Context,
  page: { readonly first?: number | null; readonly after?: string | null },
): Promise<DuplicateConnection> {
  const size = pageSize(page.first, limits.historyPage);
  return read(ctx, async (tx) => {
    const before = page.after ? readPlace(page.after, place).id : null;
    const found = await select(tx, before, size + 1);
    const shown = found.slice(0, size);
    const last = shown.at(-1);
    return Object.assign(new DuplicateConnection(), {
      nodes: await withCustomers(tx, shown),
      pageInfo: { hasNextPage: found.length > size, endCursor: last ? writePlace({ id: last.id }) : null },
    });
  });
}

async function select(tx: Transactional<Context>, before: string | null, limit: number): Promise<StoredDuplicate[]> {
  const parameters = new SqlParameters();
  const visible = await visibleByField(tx, parameters);
  if (visible.length === 0) return [];
  const start = before === null ? '' : ` and d.id < ${parameters.add(before)}::uuid`;
  return tx.manager.query<StoredDuplicate[]>(
    `select d.id, d.field_key as "fieldKey", d.found_at as "foundAt", i.customer_id as "firstId", d.customer_id as "laterId"
       from customer_duplicate d join customer_identity i using (field_key, value)
      where (${visible.join(' or ')})${start} order by d.id desc limit ${parameters.add(limit)}`,
    parameters.values,
  );
}

/** For each unique field that the viewer reads, that the viewer reads it on both. */
async function visibleByField(tx: Transactional<Context>, parameters: SqlParameters): Promise<string[]> {
  const rights = await rightsOf(tx);
  const { fields } = await kept(tx, fieldCatalogue);
  const open = fields.filter(({ key, unique, archived }) => unique && !archived && rights.may(key, 'filter'));
  const conditions = open.map(async ({ key }) => {
    const { from } = await scopedCustomers(tx, { uses: { fields: [key] } }, parameters);
    const both = ['i', 'd'].map((of) => `${of}.customer_id in (select c.id from ${from})`);
    return `(d.field_key = ${parameters.add(key)} and ${both.join(' and ')})`;
  });
  return Promise.all(conditions);
}

async function withCustomers(tx: Transactional<Context>, found: readonly StoredDuplicate[]): Promise<Duplicate[]> {
  if (found.length === 0) return [];
  const ids = [...new Set(found.flatMap(({ firstId, laterId }) => [firstId, laterId]))];
  const view = await customerView(tx);
  const byId = new Map((await selectCustomers(tx, { ids }, ids.length)).map((row) => [row.id, view(row)]));
  return found.map(({ id, fieldKey, foundAt, firstId, laterId }) =>
    Object.assign(new Duplicate(), { id, fieldKey, foundAt, customers: [byId.get(firstId)!, byId.get(laterId)!] }),
  );
}
