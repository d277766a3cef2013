import type { Context } from '../access/viewer.ts';
import { notFound, refused } from '../platform/refused.ts';
import { write } from '../platform/transaction.ts';
import { findFormVersion, formToChange, isRestricted } from './find-form.ts';
import type { Form } from './form.ts';
import { writeForm } from './save-form.ts';

/**
 * Makes what was once published the draft again, as if it had been drawn anew; it is filled once it is published. Needs MANAGE_FORMS.
 *
 * @throws {Refused} NOT_FOUND; VALIDATION_FAILED, RULE_INVALID where it does not fit the fields any more; FORBIDDEN, FIELD_FORBIDDEN.
 */
export async function restoreFormVersion(ctx: Context, id: string, number: number): Promise<Form> {
  return write(ctx, async (tx) => {
    const form = await formToChange(tx, id);
    const version = await findFormVersion(tx, id, number);
    if (!version) throw notFound();
    if (await isRestricted(tx, version.layout)) throw refused('FORBIDDEN');
    return writeForm(tx, { ...form, settings: version.settings }, { name: form.name, layout: version.layout });
  });
}
