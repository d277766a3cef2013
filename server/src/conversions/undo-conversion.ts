import type { Context } from '../access/viewer.ts';
import type { ChangedField } from '../fields/field-formula.ts';
import { alterTables } from '../platform/transaction.ts';
import { applyChange } from './apply-change.ts';
import { settingsOf } from './convert-field.ts';
import { fieldToConvert } from './field-to-convert.ts';
import { findConversion } from './find-conversion.ts';

/**
 * Makes a field what it was before its last change of type. Whoever still has what the change made of their value has that value again, set
 * aside ones too; what was entered since is converted back, or set aside where nothing becomes of it. It is a change of type itself, so it
 * can be undone, and among many customers it is a job.
 *
 * @throws {Refused} NOT_FOUND, FORBIDDEN, FIELD_FORBIDDEN; VALIDATION_FAILED once it is too late; IN_USE with the rules that would be none any
 * more.
 */
export async function undoConversion(ctx: Context, id: string): Promise<ChangedField> {
  return alterTables(ctx, async (tx) => {
    const undone = await findConversion(tx, id);
    const { fieldKey, from } = undone;
    const before = await fieldToConvert(tx, fieldKey);
    const settings = { ...settingsOf(before), ...from };
    const { version } = before;
    return applyChange(tx, { act: 'CONVERT', fieldKey, version, settings, force: true, undoes: undone.id });
  });
}
