import type { Context } from '../access/viewer.ts';
import type { ChangedField } from '../fields/field-formula.ts';
import { fieldToChange, updateField, type FieldUpdate } from '../fields/update-field.ts';
import { read } from '../platform/transaction.ts';
import { applyFormula } from '../segments/apply-formula.ts';
import { requireNoJob } from './apply-change.ts';
import { convertField } from './convert-field.ts';
import { isOfAnotherType } from './field-as.ts';

/**
 * Changes a field; where another type is sent, its values are converted.
 *
 * @throws {Refused} as `updateField` and `convertField`; VALIDATION_FAILED while a job makes the field one of another type.
 */
export async function changeField(
  ctx: Context,
  key: string,
  update: FieldUpdate,
  options: { readonly force: boolean },
): Promise<ChangedField> {
  const isConverted = await read(ctx, async (tx) => {
    const present = await fieldToChange(tx, key);
    if (!present.computed) await requireNoJob(tx, present, 'type');
    return isOfAnotherType(present, update);
  });
  return isConverted ? convertField(ctx, key, update, options) : updateField(ctx, key, update, applyFormula);
}
