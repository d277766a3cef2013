import {
  checkForm,
  compileForm,
  momentAt,
  type FormCatalogue,
  type FormLayout,
  type HiddenValues,
  type Json,
  type Locale,
  type Row,
  type Value,
} from '@kequn/rules';
import { loadCheckTools } from '../field-kit/check-tools.ts';
import type { Entered } from './use-form-fill.ts';

/** What a form may begin with that is tried. */
export const trialStarts = ['empty', 'sample', 'customer'] as const;
export type TrialStart = (typeof trialStarts)[number];

/** What stands in a form before anything is entered. */
export interface Begun {
  readonly entered: Entered;
  /** Of an existing customer; null: of a new one. */
  readonly stored: Row | null;
}

/** A new customer of whom nothing is known. */
export const nothing: Begun = { entered: {}, stored: null };

/** A form that is tried. */
export interface TriedForm {
  readonly layout: FormLayout;
  readonly catalogue: FormCatalogue;
  readonly hiddenValues: HiddenValues;
  readonly language: Locale;
  readonly mayWrite: (key: string) => boolean;
}

/** Made-up values for a form, in its language, the same ones of the same seed; none of a form that has a fault. */
export async function sampleOf(form: TriedForm, seed: string): Promise<Begun> {
  const { layout, catalogue, hiddenValues, language, mayWrite } = form;
  const checked = checkForm(layout, catalogue);
  if (!checked.ok) return nothing;
  const [{ sampleForm }, tools] = await Promise.all([import('@kequn/rules/samples'), loadCheckTools()]);
  const now = new Date().toISOString();
  const order = { seed, locale: language, today: now.slice(0, 10), users: [...catalogue.users.keys()], tools };
  const moment = momentAt(now, catalogue.timeZone);
  const entered = sampleForm(compileForm(checked.value, hiddenValues, tools), order, {
    stored: null,
    mayWrite,
    moment,
  });
  return { entered: entered as Entered, stored: null };
}

/** A customer as it was read. */
export interface ReadCustomer {
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly owner?: { readonly id: string } | null | undefined;
  readonly values: Json;
}

/** What a form begins with for a customer: of the fields that may be read, and nothing of those of which only a mask is told. */
export function storedOf(
  { createdAt, updatedAt, owner, values }: ReadCustomer,
  isRead: (key: string) => boolean,
): Begun {
  const read = Object.entries(values as Readonly<Record<string, Json>>).filter(([key]) => isRead(key));
  const known = Object.fromEntries(read) as Readonly<Record<string, Value>>;
  return { entered: {}, stored: { ...known, created_at: createdAt, updated_at: updatedAt, owner: owner?.id ?? null } };
}
