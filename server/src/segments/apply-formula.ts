import { sentence } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import type { FormulaChange } from '../fields/field-formula.ts';
import type { Job } from '../jobs/job.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import { evaluateField } from './evaluate-formulas.ts';
import { putFormula } from './put-formula.ts';
import { isForAJob, startRebuild } from './rebuild/start-rebuild.ts';
import { rebuildsOfFields } from './rebuild/rebuild.ts';

/**
 * Has a checked formula compute a field: in the transaction of the change, or by the job that it gives among many customers.
 *
 * @throws {Refused} VALIDATION_FAILED while a job computes the one before.
 */
export async function applyFormula(
  tx: Transactional<Context>,
  { field: { key }, formula }: FormulaChange,
): Promise<Job | undefined> {
  if ((await rebuildsOfFields(tx, [key])).has(key))
    throw invalid([{ path: 'formula', code: 'INVALID', message: busy }]);
  if (await isForAJob(tx)) return startRebuild(tx, { act: 'FORMULA', fieldKey: key, formula });
  await putFormula(tx, key, formula);
  await evaluateField(tx, key, await tx.clock.now(tx.manager));
  return undefined;
}

const busy = sentence(
  '上一个公式还在计算中，请等它完成，或先取消它',
  'The formula before is still being worked out: wait for its end, or cancel it',
);
