import { sentence, type Sentence } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import type { SelectionOrder } from '../customers/change-selection.ts';
import { eraseInSteps } from '../customers/erase-selection.ts';
import type { JobKind } from '../jobs/job-kind.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import { isOtherBasis, otherBasis, requireSameBasis } from './basis.ts';
import { pauseWith } from './pause-retention-rule.ts';
import { RetentionRule } from './retention-rule.ts';

/** The kind of the job. */
export const RETENTION_RUN = 'retention.run';

/** What a run was started for: a rule as it was activated. */
export interface RunOrder extends SelectionOrder {
  readonly ruleId: string;
  readonly version: number;
  readonly basis: string | null;
}

const stopped = sentence(
  '规则已停用或删除，这次运行到此为止',
  'The rule was stopped or deleted, so this run has ended here',
);
const changed = sentence(
  '规则在这次运行开始后改过，这次运行到此为止',
  'The rule was changed after this run began, so it has ended here',
);
const followed = sentence(
  '规则之后又运行过，这次运行到此为止',
  'The rule was run again after this run began, so it has ended here',
);

/** The job: its result says how many were `erased`. Each step asks anew whether the rule still is the one that was looked at. */
export const retentionRun: JobKind = {
  kind: RETENTION_RUN,
  async run(run) {
    const order = run.input as RunOrder;
    try {
      await eraseInSteps(run, order.selection, (tx) => requireGoesOn(tx, order, run.jobId));
    } catch (error) {
      const { ruleId: id, basis } = order;
      if (isOtherBasis(error)) await pauseWith({ ...run.ctx, actorId: null }, { id, basis: basis! }, otherBasis);
      throw error;
    }
  },
};

/** Rules change only where no writer is in flight, so what is found here holds for the whole step. */
async function requireGoesOn(tx: Transactional<Context>, order: RunOrder, jobId: string): Promise<void> {
  const rule = await tx.manager.findOneBy(RetentionRule, { id: order.ruleId });
  if (!rule?.active) throw ended(stopped);
  if (rule.version !== order.version || rule.basis !== order.basis) throw ended(changed);
  if (rule.lastJobId !== jobId) throw ended(followed);
  await requireSameBasis(tx.manager, rule);
}

function ended(message: Sentence) {
  return invalid([{ path: 'rule', code: 'INVALID', message }]);
}
