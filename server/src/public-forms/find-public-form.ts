import { createHash, timingSafeEqual } from 'node:crypto';
import type { CompiledForm, FormLayout } from '@kequn/rules';
import type { Rights } from '../access/gate.ts';
import { rightsToFill } from '../access/rights-to-fill.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { placedKeys } from '../forms/form-catalogue.ts';
import type { FormSettings } from '../forms/form-settings.ts';
import { compiledFor, formToFill, publishedForms, type FormToFill } from '../forms/form-to-fill.ts';
import { readerWith, shownLayout } from '../forms/shown-layout.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';

/** A form that anybody may fill, as they may know it. */
export interface PublicForm {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly number: number;
  readonly layout: FormLayout;
  readonly settings: FormSettings;
  readonly compiled: CompiledForm;
  readonly rights: Rights;
}

/**
 * The form behind a public link, as it was opened.
 *
 * @throws {Refused} NOT_FOUND, alike for a link that never was and one that was taken back; UNAUTHENTICATED where a password is asked for and this is
 * not its key.
 */
export async function findOpened(
  tx: Transactional<RequestContext>,
  slug: string,
  key: string | undefined,
): Promise<FormToFill> {
  const opened = [...(await kept(tx, publishedForms)).values()].find(({ form }) => form.publicSlug === slug);
  if (!opened) throw notFound();
  if (!isKey(key, opened.version.settings, slug)) {
    // One that is closed or full looks as if there were none, whatever it would ask for.
    await requireOpen(tx, opened);
    throw refused('UNAUTHENTICATED');
  }
  return opened;
}

/**
 * The same at the version that somebody has begun to fill, or the present one. What it takes, of whom and until when is for the present version to
 * say, whichever is filled.
 *
 * @throws {Refused} as `findOpened`; NOT_FOUND, alike, for a form that is not open now or has all the answers that it takes; CONFLICT for a version
 * that is too old, or of before the form was opened.
 */
export async function findPublicForm(
  tx: Transactional<RequestContext>,
  slug: string,
  { number, key }: { readonly number?: number | undefined; readonly key?: string | undefined } = {},
): Promise<PublicForm> {
  const opened = await findOpened(tx, slug, key);
  await requireOpen(tx, opened);
  const { publicFrom } = opened.form;
  if (number !== undefined && publicFrom !== null && number < publicFrom)
    throw refused('CONFLICT', { currentVersion: opened.version.number });
  const { form, version, ...filled } = await formToFill(tx, opened.form.id, number);
  const rights = await rightsToFill(tx, placedKeys(filled.layout));
  const { rules } = await kept(tx, fieldCatalogue);
  const reader = readerWith(rights, (field) => rules.fields.has(field));
  const { hiddenValues, consent, thanks } = version.settings;
  return {
    id: form.id,
    name: form.name,
    slug,
    number: version.number,
    layout: shownLayout(filled.layout, reader),
    settings: { ...opened.version.settings, hiddenValues, consent, thanks },
    compiled: await compiledFor(tx, { form, version, ...filled }, reader),
    rights,
  };
}

/**
 * That a form takes answers now.
 *
 * @throws {Refused} NOT_FOUND.
 */
export async function requireOpen(tx: Transactional<RequestContext>, { form, version }: FormToFill): Promise<void> {
  const { opensAt, closesAt, limit } = version.settings;
  const now = await tx.clock.now(tx.manager);
  if ((opensAt && now < opensAt) || (closesAt && now >= closesAt)) throw notFound();
  if (limit !== undefined && (await countAnswers(tx, form.id)) >= limit) throw notFound();
}

/** How many answers a form has got from anybody. */
async function countAnswers({ manager }: Transactional<RequestContext>, formId: string): Promise<number> {
  const [row] = await manager.query<{ count: number }[]>(
    'select count(*) as count from submission where form_id = $1 and submitted_by is null',
    [formId],
  );
  return row?.count ?? 0;
}

/** What a browser keeps that has given the password of a form: it tells nothing of the password, and ends with it. */
export function formKey(slug: string, { passwordHash = '' }: FormSettings): string {
  return createHash('sha256').update(`${slug}:${passwordHash}`).digest('base64url');
}

function isKey(given: string | undefined, settings: FormSettings, slug: string): boolean {
  if (settings.passwordHash === undefined) return true;
  const [wanted, got] = [Buffer.from(formKey(slug, settings)), Buffer.from(given ?? '')];
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}
