import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import type { ChangedField } from '../fields/field-formula.ts';
import type { Job } from '../jobs/job.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { rebuildsOfFields } from './rebuild/rebuild.ts';
import { untilRebuilt } from './rebuild/start-rebuild.ts';

/**
 * The field as it is once its values are right for everybody, by another formula or of another type; as it is now where nobody waits for that.
 *
 * @throws {Refused} VALIDATION_FAILED with the reason when the job fails.
 */
export async function afterFormula(ctx: Context, { field, job }: ChangedField, wait: boolean): Promise<Field> {
  if (job && wait) await untilRebuilt(ctx, job.id);
  if (!job && !field.computed) return field;
  return read(ctx, async (tx) => (await kept(tx, fieldCatalogue)).byKey.get(field.key) ?? field);
}

/** Of each of these fields the job that is about to compute it by another formula or to make it of another type, or null. */
export async function jobsOfFields(ctx: Context, keys: readonly string[]): Promise<(Job | null)[]> {
  return read(ctx, async (tx) => {
    const jobs = await rebuildsOfFields(tx, keys);
    return keys.map((key) => jobs.get(key) ?? null);
  });
}
