import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { change } from '../platform/transaction.ts';
import { Field } from './field.ts';
import { fieldToChange } from './update-field.ts';

/**
 * Brings an archived field back with the values that it had.
 *
 * @throws {Refused} NOT_FOUND.
 */
export async function restoreField(ctx: Context, key: string): Promise<Field> {
  return change(ctx, async (tx) => {
    const field = await fieldToChange(tx, key);
    if (!field.archived) return field;
    const after = Object.assign(new Field(), field, { archived: false, version: field.version + 1 });
    await tx.manager.save(Field, after);
    await recordAudit(tx, { action: 'field.restored', target: `field:${key}`, changes: {} });
    return after;
  });
}
