import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { noteReads } from '../fields/references.ts';
import { change } from '../platform/transaction.ts';
import { formToChange } from './find-form.ts';
import { Form } from './form.ts';
import { leavePictures } from './keep-pictures.ts';

/**
 * Deletes a form: it is filled no more, and its link answers as if there had never been one. Customers and answers stay. Needs MANAGE_FORMS.
 *
 * @throws {Refused} NOT_FOUND, FORBIDDEN.
 */
export async function deleteForm(ctx: Context, id: string): Promise<boolean> {
  return change(ctx, async (tx) => {
    const form = await formToChange(tx, id);
    const deletedAt = await tx.clock.now(tx.manager);
    await tx.manager.save(Form, Object.assign(new Form(), form, { deletedAt, publicSlug: null, publicFrom: null }));
    await leavePictures(tx.manager, id, deletedAt);
    await noteReads(tx.manager, { ownerKind: 'form', ownerId: id }, { fields: [] });
    await recordAudit(tx, { action: 'form.deleted', target: `form:${id}`, changes: { name: form.name } });
    return true;
  });
}
