import { sentence } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { requireMayShift } from '../fields/shifts.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import { fieldThen } from '../segments/rebuild/as-then.ts';
import type { TypeChange } from '../segments/rebuild/rebuild.ts';
import type { Converting } from './convert-column.ts';
import type { FieldConversion } from './field-conversion.ts';
import { fieldToConvert } from './field-to-convert.ts';
import { findConversion, isUndoable } from './find-conversion.ts';
import { requireNothingBroken } from './usages-broken-by.ts';

/**
 * Looks whether a change of type can be made now by who asks for it: the field is what it was when it was checked, no rule would be none, and
 * what is to be undone still can be.
 *
 * @throws {Refused} as `fieldToConvert`; VALIDATION_FAILED once it is too late to undo; IN_USE; FORBIDDEN to who may not give what scopes decide
 * by the field.
 */
export async function checkedChange(tx: Transactional<Context>, change: TypeChange): Promise<Omit<Converting, 'id'>> {
  const before = await fieldToConvert(tx, change.fieldKey, change.version);
  const undone = change.undoes === null ? null : await undoable(tx, change.undoes);
  const after = fieldThen(before, change);
  await requireMayShift(tx, 'field', after.key);
  await requireNothingBroken(tx, after);
  return { before, after, undone };
}

async function undoable(tx: Transactional<Context>, id: string): Promise<FieldConversion> {
  const undone = await findConversion(tx, id);
  if (!(await isUndoable(tx, undone))) throw invalid([{ path: 'id', code: 'INVALID', message: tooLate }]);
  return undone;
}

/** That a change of type can be undone no more. */
export const tooLate = sentence(
  '这次更改已经不能撤销：已超过 30 天，或之后又改过类型',
  'This change cannot be undone any more: it is more than 30 days old, or the type was changed again since',
);
