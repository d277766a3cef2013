import { isDeepStrictEqual } from 'node:util';
import {
  checkForm,
  compileForm,
  fieldsOf,
  type CompiledForm,
  type FormCatalogue,
  type FormLayout,
  type Node,
} from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { IsNull, Not } from 'typeorm';
import { fieldCatalogue, type FieldCatalogue } from '../fields/catalogue.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { notFound, refused } from '../platform/refused.ts';
import { kept, type Kept } from '../platform/rule-set.ts';
import { findFormVersion } from './find-form.ts';
import { formCatalogue, withItems } from './form-catalogue.ts';
import { Form, FormVersion } from './form.ts';
import { shownLayout, type FormReader } from './shown-layout.ts';

/** So long after another version was published the former one is still taken: who has begun to fill it may end. */
const GRACE = 24 * 3_600_000;

/** A form at one of its versions, to be filled. */
export interface FormToFill {
  readonly form: Form;
  readonly version: FormVersion;
  /** What stands on it now: without the fields that are archived. */
  readonly layout: FormLayout;
  /** As who may know all of it fills it. */
  readonly compiled: CompiledForm;
}

/** The forms that can be filled, by id. */
export const publishedForms: Kept<ReadonlyMap<string, FormToFill>> = {
  name: 'published forms',
  async load(tx) {
    const catalogue = await kept(tx, fieldCatalogue);
    const forms = await tx.manager.find(Form, { where: { deletedAt: IsNull(), publishedNumber: Not(IsNull()) } });
    const versions = await tx.manager.query<FormVersion[]>(
      `select v.form_id as "formId", v.number, v.layout, v.settings, v.published_at as "publishedAt", v.published_by as "publishedBy"
         from form f join form_version v on v.form_id = f.id and v.number = f.published_number where f.deleted_at is null`,
    );
    const byForm = new Map(versions.map((version) => [version.formId, version]));
    return new Map(forms.flatMap((form) => entryOf(form, byForm.get(form.id), catalogue)));
  },
};

function entryOf(form: Form, version: FormVersion | undefined, catalogue: FieldCatalogue): [string, FormToFill][] {
  const ready = version && readyToFill(form, version, catalogue);
  return ready ? [[form.id, ready]] : [];
}

/** A version that can be filled; undefined where it does not fit the fields any more. */
function readyToFill(form: Form, version: FormVersion, catalogue: FieldCatalogue): FormToFill | undefined {
  const isLive = (key: string) => catalogue.rules.fields.has(key);
  const layout = withItems(version.layout, (item) => !('field' in item) || isLive(item.field));
  const compiled = compiledLayout(layout, version, formCatalogue(catalogue, catalogue.rules));
  return compiled && { form, version, layout, compiled };
}

function compiledLayout(
  layout: FormLayout,
  { settings }: FormVersion,
  catalogue: FormCatalogue,
): CompiledForm | undefined {
  const outcome = checkForm(layout, catalogue);
  return outcome.ok ? compileForm(outcome.value, settings.hiddenValues, checkTools) : undefined;
}

/**
 * A published form, at the version that somebody has begun to fill; without a number at the present one.
 *
 * @throws {Refused} NOT_FOUND; CONFLICT for a version that another has followed for more than a day.
 */
export async function formToFill(
  tx: Transactional<RequestContext>,
  id: string,
  number?: number | null,
): Promise<FormToFill> {
  const present = (await kept(tx, publishedForms)).get(id.toLowerCase());
  if (!present) throw notFound();
  const { form, version } = present;
  if (number === undefined || number === null || number === version.number) return present;
  const begun = await findFormVersion(tx, form.id, number);
  if (!begun) throw notFound();
  const next = await findFormVersion(tx, form.id, number + 1);
  const now = await tx.clock.now(tx.manager);
  const isOld = !next || Date.parse(now) - Date.parse(next.publishedAt) > GRACE;
  const ready = isOld ? undefined : readyToFill(form, begun, await kept(tx, fieldCatalogue));
  if (!ready) throw refused('CONFLICT', { currentVersion: version.number });
  return ready;
}

/** The layouts of a form at which it is taken now: what is published, and what somebody may have begun to fill; none before it was published. */
export async function layoutsToFill(
  { manager, clock }: Transactional<RequestContext>,
  { id, publishedNumber }: Form,
): Promise<readonly FormLayout[]> {
  const since = new Date(Date.parse(await clock.now(manager)) - GRACE).toISOString();
  const rows = await manager.query<{ layout: FormLayout }[]>(
    `select v.layout from form_version v left join form_version n on n.form_id = v.form_id and n.number = v.number + 1
      where v.form_id = $1 and (v.number = $2 or n.published_at >= $3)`,
    [id, publishedNumber, since],
  );
  return rows.map(({ layout }) => layout);
}

/**
 * A form as somebody fills it who may not know all of it: what they may not know is not asked. What a formula computes of that, though it may be
 * read itself, stays as it is stored.
 */
export async function compiledFor(
  tx: Transactional<RequestContext>,
  { layout, version, compiled }: FormToFill,
  reader: FormReader,
): Promise<CompiledForm> {
  const shown = shownLayout(layout, reader);
  const catalogue = await kept(tx, fieldCatalogue);
  const { formulas, ...rules } = formCatalogue(catalogue, catalogue.rules);
  const readable = new Map([...formulas].filter(([, formula]) => isReadable(formula, reader)));
  if (readable.size === formulas.size && isDeepStrictEqual(shown, layout)) return compiled;
  const ofReader = compiledLayout(shown, version, { ...rules, formulas: readable });
  if (!ofReader) throw new Error('A layout that lacks some of what it was checked with fits all the more');
  return ofReader;
}

function isReadable(formula: Node, { mayRead }: FormReader): boolean {
  return [...fieldsOf(formula)].every(mayRead);
}
