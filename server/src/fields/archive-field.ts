import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { refused } from '../platform/refused.ts';
import { change } from '../platform/transaction.ts';
import { Field } from './field.ts';
import { knownUsage } from './list-fields.ts';
import { usagesOf } from './references.ts';
import { fieldToChange } from './update-field.ts';

/**
 * Takes a field out of use; its values are kept. Archiving twice changes nothing.
 *
 * @throws {Refused} IN_USE with the active segments that read it, NOT_FOUND.
 */
export async function archiveField(ctx: Context, key: string): Promise<Field> {
  return change(ctx, async (tx) => {
    const field = await fieldToChange(tx, key);
    if (field.archived) return field;
    const usages = (await usagesOf(tx.manager, [key])).filter(({ live }) => live);
    if (usages.length > 0) {
      const known = usages.filter(knownUsage(await rightsOf(tx)));
      throw refused('IN_USE', { usedBy: known.map(({ kind, id, name }) => ({ kind, id, name })) });
    }
    const after = Object.assign(new Field(), field, { archived: true, version: field.version + 1 });
    await tx.manager.save(Field, after);
    await recordAudit(tx, { action: 'field.archived', target: `field:${key}`, changes: {} });
    return after;
  });
}
