import type { Context } from '../access/viewer.ts';
import { write } from '../platform/transaction.ts';
import { keepDecision, reviewToDecide, chosenValues } from './review-to-decide.ts';

/**
 * Puts an answer aside that waits: nothing becomes of it. It takes what taking all of it would.
 *
 * @throws {Refused} NOT_FOUND; CONFLICT where somebody has decided; FORBIDDEN, FIELD_FORBIDDEN.
 */
export async function dismissReview(ctx: Context, submissionId: string): Promise<boolean> {
  return write(ctx, async (tx) => {
    const review = await reviewToDecide(tx, submissionId);
    chosenValues(review, null);
    await keepDecision(tx, review, { status: 'DISMISSED', customerId: null, action: 'review.dismissed' });
    return true;
  });
}
