import { sentence } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import { selectCustomers, type CustomerQuery } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { isUuid } from '../platform/uuid.ts';

/**
 * Locks a customer that is to be changed and reads it under the lock.
 *
 * @throws {Refused} NOT_FOUND; VALIDATION_FAILED without a version; CONFLICT when it is not the present one.
 */
export async function lockCustomer(
  tx: Transactional<Context>,
  id: string,
  version: number | null | undefined,
): Promise<CustomerRow> {
  if (!isUuid(id)) throw notFound();
  if (version === undefined || version === null) {
    throw invalid([{ path: 'version', code: 'REQUIRED', message: sentence('缺少版本号', 'The version is required') }]);
  }
  const [customer] = await lockCustomers(tx, [id]);
  if (!customer) throw notFound();
  if (customer.version !== version) throw refused('CONFLICT', { currentVersion: customer.version });
  return customer;
}

/**
 * Locks customers in the order of their ids, as every writer does, and reads them under the lock. Those that are gone, or match no more
 * what they were found by, are left out.
 */
export async function lockCustomers(
  tx: Transactional<Context>,
  ids: readonly string[],
  query: CustomerQuery = {},
): Promise<readonly CustomerRow[]> {
  if (ids.length === 0) return [];
  // The catalogue is loaded before the locks are taken: whoever waits for these customers should not wait for that.
  await kept(tx, fieldCatalogue);
  await tx.manager.query('select 1 from customer where id = any($1::uuid[]) order by id for no key update', [ids]);
  return (await selectCustomers(tx, { ...query, ids }, ids.length)).toReversed();
}
