import { isPassword } from '../access/password.ts';
import { publishedForms } from '../forms/form-to-fill.ts';
import type { RequestContext } from '../platform/context.ts';
import { notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { formKey, requireOpen } from './find-public-form.ts';

/**
 * Gives the key of a form for its password.
 *
 * @throws {Refused} NOT_FOUND for no form or one without a password; UNAUTHENTICATED for another password.
 */
export async function openWithPassword(ctx: RequestContext, slug: string, password: string): Promise<string> {
  const settings = await read(ctx, async (tx) => {
    const forms = [...(await kept(tx, publishedForms)).values()];
    const opened = forms.find(({ form }) => form.publicSlug === slug);
    if (opened) await requireOpen(tx, opened);
    return opened?.version.settings;
  });
  if (settings?.passwordHash === undefined) throw notFound();
  if (!(await isPassword(password.slice(0, 128), settings.passwordHash))) throw refused('UNAUTHENTICATED');
  return formKey(slug, settings);
}
