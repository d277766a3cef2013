import { hiddenValuePolicies, type FormLayout, type HiddenValues, type Json } from '@kequn/rules';
import type { FormPartsFragment } from '../api/generated/graphql.ts';
import { emptyLayout, toDraft, toLayout, type FormDraft } from './form-draft.ts';

/** All that is edited of a form. */
export interface FormSheet {
  readonly name: string;
  /** What is set beside the layout; the server knows more settings than are edited here. */
  readonly settings: Readonly<Record<string, Json>>;
  readonly draft: FormDraft;
}

/** The layout that the server answered; a form of which nothing may be seen has none. */
export function layoutOf(answer: Json): FormLayout {
  const layout = answer as unknown as Partial<FormLayout> | null;
  return layout?.pages && layout.pages.length > 0 ? (layout as FormLayout) : emptyLayout;
}

/** A form as it is edited. */
export function sheetOf(form: Pick<FormPartsFragment, 'name' | 'layout' | 'settings'>, newId: () => string): FormSheet {
  return {
    name: form.name,
    settings: (form.settings ?? {}) as Readonly<Record<string, Json>>,
    draft: toDraft(layoutOf(form.layout), newId),
  };
}

/** What becomes of values that a rule hides, by the settings of a form. */
export function hiddenValuesOf(settings: Json): HiddenValues {
  const { hiddenValues } = (settings ?? {}) as { hiddenValues?: Json };
  return hiddenValuePolicies.find((policy) => policy === hiddenValues) ?? 'KEEP';
}

/** Whether a form says something else than what was published of it. */
export function differsFrom(
  sheet: FormSheet,
  published: Pick<NonNullable<FormPartsFragment['published']>, 'layout' | 'settings'>,
): boolean {
  const present = { layout: toLayout(sheet.draft), settings: sheet.settings };
  return sorted(present) !== sorted({ layout: layoutOf(published.layout), settings: published.settings });
}

/** A value as text that is the same however its keys are ordered: the server keeps no order of keys. */
export function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
