import { isDeepStrictEqual } from 'node:util';
import { IsNull } from 'typeorm';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { read } from '../platform/transaction.ts';
import { findForm, formReader, isRestricted } from './find-form.ts';
import { Form, FormVersion } from './form.ts';
import { knownSettings } from './form-settings.ts';
import { shownLayout } from './shown-layout.ts';

/** The forms that the viewer may design or fill, oldest first. */
export async function listForms(ctx: Context): Promise<Form[]> {
  return read(ctx, async (tx) => {
    const forms = await tx.manager.find(Form, {
      where: { deletedAt: IsNull() },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    const designs = await mayDesign(tx);
    return forms.filter(({ publishedNumber }) => designs || publishedNumber !== null);
  });
}

/** One of those forms, or null. */
export async function getForm(ctx: Context, id: string): Promise<Form | null> {
  return read(ctx, async (tx) => {
    const form = await findForm(tx, id);
    return form && (form.publishedNumber !== null || (await mayDesign(tx))) ? form : null;
  });
}

/** What somebody may know of a draft, or of what was published. */
type KnownForm = Pick<Form, 'layout' | 'settings'>;

/** What is worked on of each of these forms, as the viewer may know it; to who does not design, what is filled. */
export async function draftsOf(ctx: Context, forms: readonly Form[]): Promise<KnownForm[]> {
  return read(ctx, (tx) => draftsIn(tx, forms));
}

/** The same as a part of a larger read. */
export async function draftsIn(tx: Transactional<Context>, forms: readonly Form[]): Promise<KnownForm[]> {
  const published = (await mayDesign(tx)) ? undefined : await publishedIn(tx, forms);
  const known = await knower(tx);
  return forms.map((form) => known(published?.get(form.id) ?? form));
}

/**
 * Whether each of these published forms would be another if its draft were published, as far as the viewer may know it. A password is told of by
 * nothing else: of settings with one only that there is one is answered.
 */
export async function changedForms(ctx: Context, forms: readonly Form[]): Promise<boolean[]> {
  return read(ctx, async (tx) => {
    if (!(await mayDesign(tx))) return forms.map(() => false);
    const published = await publishedIn(tx, forms);
    const known = await knower(tx);
    return forms.map((form) => {
      const version = published.get(form.id);
      return version !== undefined && !isDeepStrictEqual(known(form), known(version));
    });
  });
}

/** What is filled of each of these forms, or null. */
export async function publishedVersions(ctx: Context, forms: readonly Form[]): Promise<(FormVersion | null)[]> {
  return read(ctx, async (tx) => {
    const published = await publishedIn(tx, forms);
    return forms.map(({ id }) => published.get(id) ?? null);
  });
}

/** What was published of a form, newest first; nothing to who does not design. */
export async function listFormVersions(ctx: Context, formId: string, limit: number): Promise<FormVersion[]> {
  return read(ctx, async (tx) => {
    if (!(await mayDesign(tx))) return [];
    return tx.manager.find(FormVersion, { where: { formId }, order: { number: 'DESC' }, take: limit });
  });
}

/** What was published under each of these, as the viewer may know it. */
export async function knownVersions(ctx: Context, versions: readonly FormVersion[]): Promise<KnownForm[]> {
  return read(ctx, async (tx) => versions.map(await knower(tx)));
}

/** Whether the viewer may not change each of these forms, since it places or reads what they may not know. */
export async function closedForms(ctx: Context, forms: readonly Form[]): Promise<boolean[]> {
  return read(ctx, (tx) => Promise.all(forms.map(({ layout }) => isRestricted(tx, layout))));
}

async function publishedIn(
  { manager }: Transactional<Context>,
  forms: readonly Form[],
): Promise<ReadonlyMap<string, FormVersion>> {
  const where = forms.flatMap(({ id, publishedNumber }) =>
    publishedNumber === null ? [] : [{ formId: id, number: publishedNumber }],
  );
  const versions = where.length === 0 ? [] : await manager.find(FormVersion, { where });
  return new Map(versions.map((version) => [version.formId, version]));
}

async function knower(tx: Transactional<Context>): Promise<(form: KnownForm) => KnownForm> {
  const reader = await formReader(tx);
  return ({ layout, settings }) => ({
    layout: shownLayout(layout, reader),
    settings: knownSettings(settings, reader.mayKnow),
  });
}

async function mayDesign(tx: Transactional<Context>): Promise<boolean> {
  return (await rightsOf(tx)).has('MANAGE_FORMS');
}
