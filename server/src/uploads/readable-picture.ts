import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { findPictures, type StoredPicture } from '../files/picture-table.ts';
import { findForm } from '../forms/find-form.ts';
import { layoutsToFill } from '../forms/form-to-fill.ts';
import { picturesIn } from '../forms/keep-pictures.ts';
import type { RequestContext } from '../platform/context.ts';
import { notFound } from '../platform/refused.ts';
import { read } from '../platform/transaction.ts';
import { findPublicForm } from '../public-forms/find-public-form.ts';

/**
 * A picture as somebody signed in sees it: who designs forms, any of a form that is there; who does not, what a form that they can fill shows.
 * One of no form yet is seen by who has uploaded it.
 *
 * @throws {Refused} NOT_FOUND, alike for what there is not and for what is not to be seen.
 */
export async function readablePicture(ctx: Context, id: string): Promise<StoredPicture> {
  return read(ctx, async (tx) => {
    const [picture] = await findPictures(tx.manager, [id]);
    if (!picture) throw notFound();
    const { formId, createdBy } = picture;
    if (formId === null) {
      if (createdBy === ctx.viewer.user.id && !ctx.viewer.viewsAs) return picture;
      throw notFound();
    }
    const form = await findForm(tx, formId);
    if (!form) throw notFound();
    if ((await rightsOf(tx)).has('MANAGE_FORMS')) return picture;
    const layouts = await layoutsToFill(tx, form);
    if (!layouts.some((layout) => picturesIn(layout).includes(picture.id))) throw notFound();
    return picture;
  });
}

/**
 * A picture as anybody sees it: on a form that can be filled by its link now, at the version that they fill. What another form shows, or no form, is
 * not there, whatever a layout names.
 *
 * @throws {Refused} as `findPublicForm`; NOT_FOUND.
 */
export async function publicPicture(
  ctx: RequestContext,
  {
    slug,
    id,
    ...filled
  }: {
    readonly slug: string;
    readonly id: string;
    readonly key: string | undefined;
    readonly number: number | undefined;
  },
): Promise<StoredPicture> {
  return read(ctx, async (tx) => {
    const form = await findPublicForm(tx, slug, filled);
    const [picture] = picturesIn(form.layout).includes(id) ? await findPictures(tx.manager, [id]) : [];
    if (!picture || picture.formId !== form.id) throw notFound();
    return picture;
  });
}
