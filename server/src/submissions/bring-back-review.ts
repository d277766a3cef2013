import type { Context } from '../access/viewer.ts';
import { write } from '../platform/transaction.ts';
import { chosenValues, keepDecision, reviewToDecide } from './review-to-decide.ts';

/**
 * Lets an answer wait again that was put aside. It takes what putting it aside does.
 *
 * @throws {Refused} NOT_FOUND; CONFLICT where it was not put aside; FORBIDDEN, FIELD_FORBIDDEN.
 */
export async function bringBackReview(ctx: Context, submissionId: string): Promise<boolean> {
  return write(ctx, async (tx) => {
    const review = await reviewToDecide(tx, submissionId, 'DISMISSED');
    chosenValues(review, null);
    await keepDecision(tx, review, { status: 'REVIEW', customerId: null, action: 'review.broughtBack' });
    return true;
  });
}
