import { isDeepStrictEqual } from 'node:util';
import { sentence, type FormLayout } from '@kequn/rules';
import { IsNull } from 'typeorm';
import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { invalid, notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { isUuid } from '../platform/uuid.ts';
import { withItems } from './form-catalogue.ts';
import { Form, FormVersion } from './form.ts';
import { readerWith, shownLayout, type FormReader } from './shown-layout.ts';

/** A form that was not deleted, or undefined. */
export async function findForm(tx: Transactional<RequestContext>, id: string): Promise<Form | undefined> {
  if (!isUuid(id)) return undefined;
  return (await tx.manager.findOneBy(Form, { id, deletedAt: IsNull() })) ?? undefined;
}

/** What was published of a form under a number, or undefined. */
export async function findFormVersion(
  tx: Transactional<RequestContext>,
  formId: string,
  number: number,
): Promise<FormVersion | undefined> {
  return (await tx.manager.findOneBy(FormVersion, { formId, number })) ?? undefined;
}

/** Fields and rules of forms as the viewer may know them. */
export async function formReader(tx: Transactional<Context>): Promise<FormReader> {
  const { rules } = await kept(tx, fieldCatalogue);
  return readerWith(await rightsOf(tx), (key) => rules.fields.has(key));
}

/** Whether a layout places or reads what the viewer may not know: who changed it would lose that. */
export async function isRestricted(tx: Transactional<Context>, layout: FormLayout): Promise<boolean> {
  const { byKey } = await kept(tx, fieldCatalogue);
  const reader = await formReader(tx);
  const rights = await rightsOf(tx);
  const isArchived = (key: string) => byKey.get(key)?.archived === true && rights.accessTo(key) !== 'HIDDEN';
  const live = withItems(layout, (item) => !('field' in item) || !isArchived(item.field));
  return !isDeepStrictEqual(shownLayout(live, reader), live);
}

/**
 * A form that is to be changed, in a transaction of which nobody else changes it. Needs MANAGE_FORMS.
 *
 * @throws {Refused} NOT_FOUND; FORBIDDEN where it places or reads what the viewer may not know.
 */
export async function formToChange(tx: Transactional<Context>, id: string): Promise<Form> {
  await requireCapability(tx, 'MANAGE_FORMS');
  if (!isUuid(id)) throw notFound();
  const form = await tx.manager.findOne(Form, {
    where: { id, deletedAt: IsNull() },
    lock: { mode: 'pessimistic_write' },
  });
  if (!form) throw notFound();
  if (await isRestricted(tx, form.layout)) throw refused('FORBIDDEN');
  return form;
}

/**
 * A form that is to be changed at the version that was read.
 *
 * @throws {Refused} as `formToChange`; VALIDATION_FAILED without a version, CONFLICT with another than the present one.
 */
export async function formAtVersion(
  tx: Transactional<Context>,
  id: string,
  version: number | null | undefined,
): Promise<Form> {
  const form = await formToChange(tx, id);
  if (version === undefined || version === null)
    throw invalid([{ path: 'version', code: 'REQUIRED', message: sentence('缺少版本号', 'The version is required') }]);
  if (version !== form.version) throw refused('CONFLICT', { currentVersion: form.version });
  return form;
}
