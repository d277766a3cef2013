import type { FormLayout, Json } from '@kequn/rules';
import { toDraft, toLayout } from './form-draft.ts';
import type { FormSheet } from './form-sheet.ts';

/** Steps of a form that the server does not hold yet, kept in this browser: of which version they are, and what the form is with them. */
interface KeptDraft {
  readonly version: number;
  readonly name: string;
  readonly settings: FormSheet['settings'];
  readonly layout: FormLayout;
}

const placeOf = (formId: string): string => `kequn.form-draft.${formId}`;

/** Keeps what is not saved of a form, or forgets it once it is. A password is kept nowhere but by the server. */
export function keepDraft(formId: string, version: number, sheet: FormSheet | null): void {
  try {
    if (!sheet) return localStorage.removeItem(placeOf(formId));
    const { password, ...others } = sheet.settings as Record<string, Json>;
    const settings = password === true ? { ...others, password } : others;
    const kept: KeptDraft = { version, name: sheet.name, settings, layout: toLayout(sheet.draft) };
    localStorage.setItem(placeOf(formId), JSON.stringify(kept));
  } catch {
    // In a browser that keeps nothing the form can be designed all the same.
  }
}

/** What was kept of a form at this version; what is older than what was saved since is forgotten. */
export function keptDraft(formId: string, version: number, newId: () => string): FormSheet | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(placeOf(formId)) ?? 'null') as KeptDraft | null;
    if (!kept) return undefined;
    if (kept.version === version && kept.layout.pages.length > 0)
      return { name: kept.name, settings: kept.settings, draft: toDraft(kept.layout, newId) };
    localStorage.removeItem(placeOf(formId));
  } catch {
    // What another program has put there is none of ours.
  }
  return undefined;
}
