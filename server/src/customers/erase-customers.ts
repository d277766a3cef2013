import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { blankAudit, recordAudit } from '../audit/audit.ts';
import { forgetForSearch } from '../fields/customer-search.ts';
import { deleteCustomers } from '../fields/customer-table.ts';
import { releaseIdentities } from '../fields/identities.ts';
import { dropFilesOf } from '../files/keep-files.ts';
import { forgetMatches } from '../forms/forget-matches.ts';
import { writeOutbox } from '../outbox/outbox.ts';
import type { Transactional } from '../platform/context.ts';
import { write } from '../platform/transaction.ts';
import { dismissCustomers } from '../segments/evaluate-customers.ts';
import { lockCustomer } from './lock-customer.ts';

/**
 * Erases a customer for good, at the version that was read. Needs ERASE_CUSTOMERS.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND, CONFLICT, VALIDATION_FAILED without a version.
 */
export async function eraseCustomer(ctx: Context, id: string, version: number): Promise<boolean> {
  return write(ctx, async (tx) => {
    await requireCapability(tx, 'ERASE_CUSTOMERS');
    const customer = await lockCustomer(tx, id, version);
    await eraseLocked(tx, [customer.id]);
    return true;
  });
}

/**
 * Erases customers whose rows the caller has locked: their values wherever they stand, in the record of what was done too. That they
 * were there, and in which segments, stays without a name: sizes of former days must not change.
 */
export async function eraseLocked(tx: Transactional<Context>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const at = await tx.clock.now(tx.manager);
  // Before their values are free: whoever decides of an answer holds it while claiming values.
  await forgetMatches(tx.manager, ids);
  await dismissCustomers(tx, ids, at);
  await releaseIdentities(tx.manager, ids);
  await forgetForSearch(tx.manager, ids);
  await dropFilesOf(tx.manager, ids, at);
  await deleteCustomers(tx.manager, ids);
  const targets = ids.map((id) => `customer:${id}`);
  await blankAudit(tx, targets);
  await recordAudit(tx, ...targets.map((target) => ({ action: 'customer.erased', target, changes: {} })));
  await writeOutbox(
    tx,
    ids.map((customerId) => ({ customerId, kind: 'customer.erased', payload: {}, at })),
  );
}
