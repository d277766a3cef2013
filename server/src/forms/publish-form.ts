import { isDeepStrictEqual } from 'node:util';
import { sentence, type FormLayout } from '@kequn/rules';
import { requireCreation, rightsOf } from '../access/gate.ts';
import { rightsToFill } from '../access/rights-to-fill.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { change } from '../platform/transaction.ts';
import { checkedLayout } from './check-form-input.ts';
import { formToChange } from './find-form.ts';
import { placedKeys } from './form-catalogue.ts';
import { Form, FormVersion } from './form.ts';
import { shownSettings } from './form-settings.ts';
import { noteFormReads } from './note-form-reads.ts';

/**
 * Publishes the draft of a form: from now on it is filled as it stands there. Publishing what is published already makes no other version.
 * Needs MANAGE_FORMS.
 *
 * @throws {Refused} NOT_FOUND; VALIDATION_FAILED, RULE_INVALID, FIELD_FORBIDDEN where the draft does not fit the fields any more; FORBIDDEN.
 */
export async function publishForm(ctx: Context, id: string): Promise<Form> {
  return change(ctx, (tx) => publishFormIn(tx, id));
}

/** The same as a part of a larger change. */
export async function publishFormIn(tx: Transactional<Context>, id: string): Promise<Form> {
  const form = await formToChange(tx, id);
  await checkedLayout(tx, form.layout);
  if (placedKeys(form.layout).length === 0) throw invalid([{ path: 'layout', code: 'REQUIRED', message: noField }]);
  if (form.publicSlug !== null) await requireMayOpen(tx, form.layout);
  const last = await lastVersion(tx, id);
  if (last && last.number === form.publishedNumber && isSame(last, form)) return form;
  const version = await store(tx, form, (last?.number ?? 0) + 1);
  const after = Object.assign(new Form(), form, { publishedNumber: version.number, version: form.version + 1 });
  await tx.manager.save(Form, after);
  await noteFormReads(tx, after);
  const changes = { number: version.number, layout: form.layout, settings: shownSettings(form.settings) };
  await recordAudit(tx, { action: 'form.published', target: `form:${id}`, changes });
  return after;
}

const noField = sentence('先放上一个字段再发布', 'Place a field before publishing');

const noUsers = sentence(
  '选择用户的字段会公开用户名单，不能放在公开的表单上',
  'A field of users would tell everybody who your users are',
);

/**
 * Asks that somebody may let everybody fill a form: they could create customers and write each of its fields themselves, and no rule of a field
 * would tell of what the form does not place.
 *
 * @throws {Refused} FORBIDDEN, FIELD_FORBIDDEN; VALIDATION_FAILED where it places a field that would tell who the users are.
 */
export async function requireMayOpen(tx: Transactional<Context>, layout: FormLayout): Promise<void> {
  await requireCreation(tx);
  const rights = await rightsOf(tx);
  const { byKey } = await kept(tx, fieldCatalogue);
  const entered = placedKeys(layout).filter((key) => byKey.get(key)?.computed === false);
  const asked = entered.filter((key) => byKey.get(key)?.type === 'USER');
  if (asked.length > 0) throw invalid(asked.map((key) => ({ path: key, code: 'INVALID', message: noUsers })));
  const filler = await rightsToFill(tx, placedKeys(layout));
  const fields = entered.filter((key) => !rights.may(key, 'write') || !filler.may(key, 'write'));
  if (fields.length > 0) throw refused('FIELD_FORBIDDEN', { fields });
}

async function lastVersion(tx: Transactional<Context>, formId: string): Promise<FormVersion | null> {
  return tx.manager.findOne(FormVersion, { where: { formId }, order: { number: 'DESC' } });
}

function isSame(a: Pick<Form, 'layout' | 'settings'>, b: Pick<Form, 'layout' | 'settings'>): boolean {
  return isDeepStrictEqual([a.layout, a.settings], [b.layout, b.settings]);
}

async function store(tx: Transactional<Context>, form: Form, number: number): Promise<FormVersion> {
  const version = Object.assign(new FormVersion(), {
    formId: form.id,
    number,
    layout: form.layout,
    settings: form.settings,
    publishedAt: await tx.clock.now(tx.manager),
    publishedBy: tx.viewer.user.id,
  });
  return tx.manager.save(FormVersion, version);
}
