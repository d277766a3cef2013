import type { FormLayout, Problem } from '@kequn/rules';
import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import type { Transactional } from '../platform/context.ts';
import { labelIn } from '../platform/label-in.ts';
import { limits } from '../platform/limits.ts';
import { invalid, refused } from '../platform/refused.ts';
import { write } from '../platform/transaction.ts';
import { isGiven, newId } from '../platform/uuid.ts';
import { checkedLayout, checkedSettings } from './check-form-input.ts';
import { formAtVersion } from './find-form.ts';
import { Form, type FormInput } from './form.ts';
import { placedKeys } from './form-catalogue.ts';
import { defaultSettings, shownSettings, type FormSettings } from './form-settings.ts';
import { keepPictures } from './keep-pictures.ts';
import { noteFormReads } from './note-form-reads.ts';

/**
 * Saves the draft of a form; what is filled stays as it was published. Needs MANAGE_FORMS.
 *
 * @throws {Refused} VALIDATION_FAILED, RULE_INVALID, FIELD_FORBIDDEN, NOT_FOUND, CONFLICT, LIMIT_EXCEEDED; FORBIDDEN for a form that places or
 * reads what the viewer may not know.
 */
export async function saveForm(ctx: Context, input: FormInput): Promise<Form> {
  return write(ctx, (tx) => saveFormIn(tx, input));
}

/** The same as a part of a larger change. */
export async function saveFormIn(tx: Transactional<Context>, input: FormInput): Promise<Form> {
  await requireCapability(tx, 'MANAGE_FORMS');
  const before = isGiven(input.id) ? await formAtVersion(tx, input.id, input.version) : await newForm(tx);
  return writeForm(tx, before, input);
}

/** The one road of everything that is saved of a draft, of a form that the caller was found to have the right to change. */
export async function writeForm(tx: Transactional<Context>, before: Form, input: FormInput): Promise<Form> {
  const [layout] = await checkedLayout(tx, input.layout);
  const settings =
    input.settings === undefined || input.settings === null
      ? withoutUnplaced(before.settings, layout)
      : await checkedSettings(tx, input.settings, { before: before.settings, layout });
  const after = Object.assign(new Form(), before, {
    name: nameIn(input.name),
    layout,
    settings,
    version: before.version + 1,
  });
  await tx.manager.save(Form, after);
  await keepPictures(tx, after);
  await noteFormReads(tx, after);
  await recordAudit(tx, {
    action: before.version === 0 ? 'form.created' : 'form.updated',
    target: `form:${after.id}`,
    changes: { from: before.version === 0 ? undefined : publicPart(before), to: publicPart(after) },
  });
  return after;
}

/** Settings that name no field which the form does not place any more. */
function withoutUnplaced({ matchOn, ...settings }: FormSettings, layout: FormLayout): FormSettings {
  const placed = new Set(placedKeys(layout));
  const left = matchOn?.filter((key) => placed.has(key));
  return left?.length ? { ...settings, matchOn: left } : settings;
}

function nameIn(raw: string): string {
  const problems: Problem[] = [];
  const name = labelIn('name', raw, problems);
  if (problems.length > 0) throw invalid(problems);
  return name;
}

async function newForm(tx: Transactional<Context>): Promise<Form> {
  const [{ count } = { count: 0 }] = await tx.manager.query<{ count: number }[]>(
    'select count(*) as count from form where deleted_at is null',
  );
  if (count >= limits.forms) throw refused('LIMIT_EXCEEDED', { limit: 'forms', max: limits.forms });
  const layout: FormLayout = { pages: [] };
  return Object.assign(new Form(), {
    id: newId(),
    version: 0,
    layout,
    settings: defaultSettings,
    publishedNumber: null,
    publicSlug: null,
    publicFrom: null,
    createdAt: await tx.clock.now(tx.manager),
    deletedAt: null,
  });
}

/** What the audit log keeps of a form. */
function publicPart({ name, layout, settings }: Form) {
  return { name, layout, settings: shownSettings(settings) };
}
