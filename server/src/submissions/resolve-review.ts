import type { Json } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import type { Customer } from '../customers/customer.ts';
import { lockCustomers } from '../customers/lock-customer.ts';
import { saveWithin } from '../customers/save-customer.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import type { Transactional } from '../platform/context.ts';
import { notFound, refused } from '../platform/refused.ts';
import { write } from '../platform/transaction.ts';
import { isGiven, isUuid } from '../platform/uuid.ts';
import { keepDecision, requireNothingGained, reviewToDecide, chosenValues } from './review-to-decide.ts';

/** Whose an answer is, and what is taken of it. */
export interface Resolution {
  readonly submissionId: string;
  /** Not given: a new customer's. */
  readonly customerId?: string | null | undefined;
  /** The version of the customer that was read; not given: whatever stands there is written over. */
  readonly version?: number | null | undefined;
  /** The keys of the fields whose answers are taken; not given: all. */
  readonly fields?: readonly string[] | null | undefined;
}

/**
 * Says whose an answer is that waits: what is taken of it is saved as everything is that people save, with the rights of whoever decides, and
 * with the answer in one transaction. A new customer is asked for no field that was not asked for by the form.
 *
 * @throws {Refused} NOT_FOUND; CONFLICT where somebody has decided, or the customer is at another version; FORBIDDEN, FIELD_FORBIDDEN,
 * VALIDATION_FAILED as a save, and where it would show the viewer more of the answer.
 */
export async function resolveReview(ctx: Context, resolution: Resolution): Promise<Customer> {
  const { submissionId, customerId, version, fields } = resolution;
  return write(ctx, async (tx) => {
    const before = isGiven(customerId) ? await lockKnown(tx, customerId, version) : undefined;
    const review = await reviewToDecide(tx, submissionId);
    const values = chosenValues(review, fields ?? null);
    const asked = new Set(Object.keys(review.answer.values));
    const input = { id: before?.id ?? null, version: before?.version ?? null, values: values as Json };
    const { customer } = await saveWithin(tx, input, { leaveScope: false, asked, submissionId });
    await requireNothingGained(tx, review, customer.id);
    const action = before ? 'review.joined' : 'review.created';
    await keepDecision(tx, review, { status: 'SAVED', customerId: customer.id, action });
    return customer;
  });
}

async function lockKnown(
  tx: Transactional<Context>,
  id: string,
  version: number | null | undefined,
): Promise<CustomerRow> {
  const [customer] = isUuid(id) ? await lockCustomers(tx, [id]) : [];
  if (!customer) throw notFound();
  const { version: currentVersion } = customer;
  if ((version ?? currentVersion) !== currentVersion) throw refused('CONFLICT', { currentVersion });
  return customer;
}
