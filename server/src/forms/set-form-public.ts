import { randomBytes } from 'node:crypto';
import { sentence } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { invalid, notFound } from '../platform/refused.ts';
import { change } from '../platform/transaction.ts';
import { findFormVersion, formToChange } from './find-form.ts';
import { Form } from './form.ts';
import { requireMayOpen } from './publish-form.ts';

/**
 * Opens what is published of a form to everybody who has its link, or closes it. A link is never given twice: one that was closed stays so.
 * Needs MANAGE_FORMS, the right to create customers, and to write each of its fields.
 *
 * @throws {Refused} NOT_FOUND; VALIDATION_FAILED for a form that was never published; FORBIDDEN, FIELD_FORBIDDEN.
 */
export async function setFormPublic(ctx: Context, id: string, isPublic: boolean): Promise<Form> {
  return change(ctx, async (tx) => {
    const form = await formToChange(tx, id);
    if (isPublic === (form.publicSlug !== null)) return form;
    if (isPublic) {
      if (form.publishedNumber === null) throw invalid([{ path: 'public', code: 'INVALID', message: notPublished }]);
      const version = await findFormVersion(tx, id, form.publishedNumber);
      if (!version) throw notFound();
      await requireMayOpen(tx, version.layout);
    }
    const publicSlug = isPublic ? randomBytes(18).toString('base64url') : null;
    const publicFrom = isPublic ? form.publishedNumber : null;
    const after = Object.assign(new Form(), form, { publicSlug, publicFrom, version: form.version + 1 });
    await tx.manager.save(Form, after);
    await recordAudit(tx, { action: isPublic ? 'form.opened' : 'form.closed', target: `form:${id}`, changes: {} });
    return after;
  });
}

const notPublished = sentence('先发布表单，再公开', 'Publish the form before it is opened to everybody');
