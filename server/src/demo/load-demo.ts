import { sentence } from '@kequn/rules';
import { requireCapability, requireCreation } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Job } from '../jobs/job.ts';
import { invalid } from '../platform/refused.ts';
import { change } from '../platform/transaction.ts';
import { isEmpty, orderDemo } from './order-demo.ts';

const notEmpty = sentence(
  '演示数据只能载入到还没有字段和客户的系统中',
  'Demo data can be loaded only while there are no fields and no customers',
);

/**
 * Fills an empty system with the demo data, as a job: names of segments in the language of whoever asks, days told from today. Needs
 * MANAGE_FIELDS, MANAGE_SEGMENTS and the right to create customers.
 *
 * @throws {Refused} FORBIDDEN; VALIDATION_FAILED where there are fields or customers, or the job is under way.
 */
export async function loadDemo(ctx: Context): Promise<Job> {
  // Alone: of two who ask at once the second then finds the job of the first.
  return change(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_FIELDS');
    await requireCapability(tx, 'MANAGE_SEGMENTS');
    await requireCreation(tx);
    if (!(await isEmpty(tx))) throw invalid([{ path: '', code: 'INVALID', message: notEmpty }]);
    return orderDemo(tx, ctx.locale);
  });
}
