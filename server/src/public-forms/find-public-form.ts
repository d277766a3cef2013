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
 * The form behind a public link, at the version that somebody has begun to fill or the present one.
 *
 * @throws {Refused} NOT_FOUND, alike for a link that never was, one that was taken back, and a form that is not open now or has all the answers
 * that it takes; CONFLICT for a version that is too old; UNAUTHENTICATED where a password is asked for and this is not its key.
 */
export async function findPublicForm(
  tx: Transactional<RequestContext>,
  slug: string,
  { number, key }: { readonly number?: number | undefined; readonly key?: string | undefined } = {},
): Promise<PublicForm> {
  const opened = [...(await kept(tx, publishedForms)).values()].find(({ form }) => form.publicSlug === slug);
  if (!opened) throw notFound();
  // Whether it is open is for the present settings to say, whichever version is filled.
  await requireOpen(tx, opened);
  if (!isKey(key, opened.version.settings, slug)) throw refused('UNAUTHENTICATED');
  const { form, version, ...filled } = await formToFill(tx, opened.form.id, number);
  const rights = await rightsToFill(tx, placedKeys(filled.layout));
  const { rules } = await kept(tx, fieldCatalogue);
  const reader = readerWith(rights, (field) => rules.fields.has(field));
  return {
    id: form.id,
    name: form.name,
    slug,
    number: version.number,
    layout: shownLayout(filled.layout, reader),
    settings: version.settings,
    compiled: await compiledFor(tx, { form, version, ...filled }, reader),
    rights,
  };
}

async function requireOpen(tx: Transactional<RequestContext>, { form, version }: FormToFill): Promise<void> {
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
