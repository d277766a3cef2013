import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import type { Job } from '../jobs/job.ts';
import type { JobKind, JobRun } from '../jobs/job-kind.ts';
import type { Transactional } from '../platform/context.ts';
import { write } from '../platform/transaction.ts';
import { forSelection, startOnSelection, type SelectionOrder } from './change-selection.ts';
import { eraseLocked } from './erase-customers.ts';
import { readSelection, type CustomerSelectionInput, type StoredSelection } from './selection.ts';

const KIND = 'customers.erase';

/**
 * Erases the customers of a selection for good, as a job. Needs ERASE_CUSTOMERS.
 *
 * @throws {Refused} FORBIDDEN; VALIDATION_FAILED, RULE_INVALID, FIELD_FORBIDDEN, LIMIT_EXCEEDED for the selection.
 */
export async function eraseCustomers(ctx: Context, input: CustomerSelectionInput): Promise<Job> {
  const selection = readSelection(input);
  return write(ctx, (tx) => eraseSelected(tx, KIND, { selection }));
}

/**
 * The same, in the transaction of whoever asks, as a job of a kind that ends in `eraseInSteps`.
 *
 * @throws {Refused} as `eraseCustomers`.
 */
export async function eraseSelected(tx: Transactional<Context>, kind: string, order: SelectionOrder): Promise<Job> {
  await requireCapability(tx, 'ERASE_CUSTOMERS');
  return startOnSelection(tx, kind, order);
}

/** The job: its result says how many were `erased`. */
export const eraseSelection: JobKind = {
  kind: KIND,
  async run(run) {
    const { selection } = run.input as SelectionOrder;
    await eraseInSteps(run, selection);
  },
};

/** Erases the customers of a selection in steps; what is `required` is asked first in each, and ends the job where it refuses. */
export async function eraseInSteps(
  run: JobRun,
  selection: StoredSelection,
  required?: (tx: Transactional<Context>) => Promise<void>,
): Promise<void> {
  const step = async (tx: Transactional<Context>, customers: readonly CustomerRow[], result: unknown) => {
    await requireCapability(tx, 'ERASE_CUSTOMERS');
    await eraseLocked(
      tx,
      customers.map(({ id }) => id),
    );
    return { erased: erasedIn(result) + customers.length };
  };
  await forSelection(run, selection, step, required);
}

/** How many customers a job that erases has erased, by its result. */
export function erasedIn(result: unknown): number {
  return (result as { readonly erased: number } | null)?.erased ?? 0;
}
