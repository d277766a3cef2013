import { sentence } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import { selectCustomers } from '../fields/scoped-customers.ts';
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
  // The catalogue is loaded before the lock is taken: whoever waits for this customer should not wait for that.
  await kept(tx, fieldCatalogue);
  await tx.manager.query('select 1 from customer where id = $1 for no key update', [id]);
  const [customer] = await selectCustomers(tx, { ids: [id] }, 1);
  if (!customer) throw notFound();
  if (customer.version !== version) throw refused('CONFLICT', { currentVersion: customer.version });
  return customer;
}
