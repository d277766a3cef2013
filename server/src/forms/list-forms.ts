import { isDeepStrictEqual } from 'node:util';
import type { FormLayout } from '@kequn/rules';
import { IsNull } from 'typeorm';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { read } from '../platform/transaction.ts';
import { findForm, findFormVersion, formReader, isRestricted } from './find-form.ts';
import { Form, FormVersion } from './form.ts';
import { knownSettings, type FormSettings } from './form-settings.ts';
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

/** What is worked on of a form, as the viewer may know it; to who does not design, what is filled. */
export async function draftOf(ctx: Context, form: Form): Promise<Pick<Form, 'layout' | 'settings'>> {
  return read(ctx, (tx) => draftIn(tx, form));
}

/** The same as a part of a larger read. */
export async function draftIn(tx: Transactional<Context>, form: Form): Promise<Pick<Form, 'layout' | 'settings'>> {
  const version = (await mayDesign(tx)) ? form : await publishedOf(tx, form);
  const { layout, settings } = version ?? form;
  const reader = await formReader(tx);
  return { layout: shownLayout(layout, reader), settings: knownSettings(settings, reader.mayKnow) };
}

/**
 * Whether a published form would be another if its draft were published, as far as the viewer may know it. A password is told of by nothing else:
 * of settings with one only that there is one is answered.
 */
export async function isChanged(ctx: Context, form: Form): Promise<boolean> {
  return read(ctx, async (tx) => {
    const published = await publishedOf(tx, form);
    if (!published || !(await mayDesign(tx))) return false;
    const reader = await formReader(tx);
    const told = ({ layout, settings }: Pick<Form, 'layout' | 'settings'>) => [
      shownLayout(layout, reader),
      knownSettings(settings, reader.mayKnow),
    ];
    return !isDeepStrictEqual(told(form), told(published));
  });
}

/** What is filled of a form, or null. */
export async function publishedVersion(ctx: Context, form: Form): Promise<FormVersion | null> {
  return read(ctx, async (tx) => (await publishedOf(tx, form)) ?? null);
}

/** What was published of a form, newest first; nothing to who does not design. */
export async function listFormVersions(ctx: Context, formId: string, limit: number): Promise<FormVersion[]> {
  return read(ctx, async (tx) => {
    if (!(await mayDesign(tx))) return [];
    return tx.manager.find(FormVersion, { where: { formId }, order: { number: 'DESC' }, take: limit });
  });
}

/** A layout as the viewer may know it. */
export async function layoutForViewer(ctx: Context, layout: FormLayout): Promise<FormLayout> {
  return read(ctx, async (tx) => shownLayout(layout, await formReader(tx)));
}

/** Settings as the viewer may know them. */
export async function settingsForViewer(ctx: Context, settings: FormSettings): Promise<FormSettings> {
  return read(ctx, async (tx) => knownSettings(settings, (await formReader(tx)).mayKnow));
}

/** Whether the viewer may not change a form, since it places or reads what they may not know. */
export async function isClosed(ctx: Context, { layout }: Form): Promise<boolean> {
  return read(ctx, (tx) => isRestricted(tx, layout));
}

async function publishedOf(
  tx: Transactional<Context>,
  { id, publishedNumber }: Form,
): Promise<FormVersion | undefined> {
  return publishedNumber === null ? undefined : findFormVersion(tx, id, publishedNumber);
}

async function mayDesign(tx: Transactional<Context>): Promise<boolean> {
  return (await rightsOf(tx)).has('MANAGE_FORMS');
}
