import { sentence, type FieldDefinition } from '@kequn/rules';
import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { fileBook } from '../files/file-table.ts';
import { pictureTarget } from '../files/picture-table.ts';
import type { UploadTarget } from '../files/receive-file.ts';
import { placedKeys } from '../forms/form-catalogue.ts';
import type { RequestContext } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { invalid, refused, type Refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { findPublicForm } from '../public-forms/find-public-form.ts';

const MEGABYTE = 1_048_576;

/**
 * A field as somebody signed in uploads a file for it.
 *
 * @throws {Refused} VALIDATION_FAILED where there is no such field of files that the viewer may know of; FIELD_FORBIDDEN where they may not write
 * it; FORBIDDEN while looking on as a role.
 */
export async function targetOfField(ctx: Context, fieldKey: string): Promise<UploadTarget> {
  if (ctx.viewer.viewsAs) throw refused('FORBIDDEN');
  return read(ctx, async (tx) => {
    const rights = await rightsOf(tx);
    const field = (await kept(tx, fieldCatalogue)).byKey.get(fieldKey);
    if (!field || !takesFiles(field) || rights.accessTo(fieldKey) === 'HIDDEN') throw noSuchField();
    if (!rights.may(fieldKey, 'write')) throw refused('FIELD_FORBIDDEN', { fields: [fieldKey] });
    return targetOf(ctx, field, null);
  });
}

/**
 * A field as anybody uploads a file for it by a public form that places it.
 *
 * @throws {Refused} as `findPublicForm`; VALIDATION_FAILED.
 */
export async function targetOfForm(
  ctx: RequestContext,
  { slug, key, fieldKey }: { readonly slug: string; readonly key: string | undefined; readonly fieldKey: string },
): Promise<UploadTarget> {
  return read(ctx, async (tx) => {
    const form = await findPublicForm(tx, slug, { key });
    const field = (await kept(tx, fieldCatalogue)).byKey.get(fieldKey);
    const isAsked = placedKeys(form.layout).includes(fieldKey) && form.rights.may(fieldKey, 'write');
    if (!field || !isAsked || !takesFiles(field)) throw noSuchField();
    return targetOf(ctx, field, form.id);
  });
}

/**
 * What a picture of a form is uploaded for, by who designs forms.
 *
 * @throws {Refused} FORBIDDEN, also while looking on as a role.
 */
export async function targetOfPicture(ctx: Context): Promise<UploadTarget> {
  if (ctx.viewer.viewsAs) throw refused('FORBIDDEN');
  await read(ctx, (tx) => requireCapability(tx, 'MANAGE_FORMS'));
  return pictureTarget(ctx);
}

function takesFiles({ type, archived, computed }: FieldDefinition): boolean {
  return type === 'FILE' && !archived && !computed;
}

function targetOf(ctx: RequestContext, { key, validation }: FieldDefinition, formId: string | null): UploadTarget {
  const mostBytes = Math.min(limits.fileBytes, (validation.maxMegabytes ?? limits.fileBytes) * MEGABYTE);
  return { onlyImages: validation.accept === 'IMAGE', mostBytes, book: fileBook(ctx, { fieldKey: key, formId }) };
}

function noSuchField(): Refused {
  const message = sentence('没有这个文件字段', 'There is no such field of files');
  return invalid([{ path: 'field', code: 'UNKNOWN_FIELD', message }]);
}
