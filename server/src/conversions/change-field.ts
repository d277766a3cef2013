import type { Context } from '../access/viewer.ts';
import type { ChangedField } from '../fields/field-formula.ts';
import { fieldToChange, updateField, type FieldUpdate } from '../fields/update-field.ts';
import { read } from '../platform/transaction.ts';
import { applyFormula } from '../segments/apply-formula.ts';
import { convertField } from './convert-field.ts';
import { isOfAnotherType } from './field-as.ts';

/**
 * Changes a field; where another type is sent, its values are converted.
 *
 * @throws {Refused} as `updateField` and `convertField`.
 */
export async function changeField(
  ctx: Context,
  key: string,
  update: FieldUpdate,
  options: { readonly force: boolean },
): Promise<ChangedField> {
  const present = await read(ctx, (tx) => fieldToChange(tx, key));
  if (isOfAnotherType(present, update)) return { field: await convertField(ctx, key, update, options) };
  return updateField(ctx, key, update, applyFormula);
}
