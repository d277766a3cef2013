import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Job } from '../jobs/job.ts';
import type { JobKind } from '../jobs/job-kind.ts';
import { write } from '../platform/transaction.ts';
import { forSelection, startOnSelection, type SelectionOrder } from './change-selection.ts';
import { eraseLocked } from './erase-customers.ts';
import { readSelection, type CustomerSelectionInput } from './selection.ts';

const KIND = 'customers.erase';

/**
 * Erases the customers of a selection for good, as a job. Needs ERASE_CUSTOMERS.
 *
 * @throws {Refused} FORBIDDEN; VALIDATION_FAILED, RULE_INVALID, FIELD_FORBIDDEN, LIMIT_EXCEEDED for the selection.
 */
export async function eraseCustomers(ctx: Context, input: CustomerSelectionInput): Promise<Job> {
  const selection = readSelection(input);
  return write(ctx, async (tx) => {
    await requireCapability(tx, 'ERASE_CUSTOMERS');
    return startOnSelection(tx, KIND, { selection });
  });
}

/** The job: its result says how many were `erased`. */
export const eraseSelection: JobKind = {
  kind: KIND,
  async run(run) {
    const { selection } = run.input as SelectionOrder;
    await forSelection(run, selection, async (tx, customers, result) => {
      await requireCapability(tx, 'ERASE_CUSTOMERS');
      await eraseLocked(
        tx,
        customers.map(({ id }) => id),
      );
      return { erased: erasedIn(result) + customers.length };
    });
  },
};

function erasedIn(result: unknown): number {
  return (result as { readonly erased: number } | null)?.erased ?? 0;
}
