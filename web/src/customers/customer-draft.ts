import {
  checkValue,
  requiredProblem,
  systemFields,
  type CheckTools,
  type FieldDefinition,
  type Json,
  type Locale,
} from '@kequn/rules';
import type { CustomerInput, CustomerPartsFragment } from '../api/generated/graphql.ts';
import type { Resolution } from '../ui/ConflictDialog.vue';

/** What is entered for a customer, by the key of the field; the owner is one entry among them. */
type Entries = Readonly<Record<string, Json>>;

/** A customer while it is made or changed: what was read, and what stands in the form now. */
export interface CustomerDraft {
  readonly id: string | null;
  readonly version: number | null;
  readonly read: Entries;
  readonly entered: Entries;
}

/** What is wrong with the entries, in the reader's language, by the key of the field. */
export type CustomerIssues = Readonly<Record<string, readonly string[]>>;

/** The owner is a field of every customer, though it does not stand among its values. */
export const ownerField: FieldDefinition = systemFields.find(({ key }) => key === 'owner') as FieldDefinition;

/** A customer to be changed, or a new one, which is looked after by whoever makes it until somebody else is chosen. */
export function customerDraft(
  customer: Pick<CustomerPartsFragment, 'id' | 'version' | 'values' | 'owner'> | null,
  maker: string | null = null,
): CustomerDraft {
  const values = customer ? (customer.values as Entries) : {};
  const read = { ...values, [ownerField.key]: customer ? (customer.owner?.id ?? null) : maker };
  return { id: customer?.id ?? null, version: customer?.version ?? null, read, entered: read };
}

/** The draft with one entry made. */
export function enter(draft: CustomerDraft, key: string, value: Json): CustomerDraft {
  return { ...draft, entered: { ...draft.entered, [key]: value } };
}

/** The keys of what was changed. */
export function changedKeys({ read, entered }: CustomerDraft): readonly string[] {
  return Object.keys(entered).filter((key) => !same(entered[key], read[key]));
}

/** Whether two entries are the same; a list is new each time it is chosen from. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** Checks what the server will check: all of a new customer, and every change of one that exists. */
export function checkCustomer(
  draft: CustomerDraft,
  fields: readonly FieldDefinition[],
  locale: Locale,
  tools: CheckTools,
): CustomerIssues {
  const changed = new Set(changedKeys(draft));
  const asked = fields.filter(({ key }) => draft.id === null || changed.has(key));
  const found = asked.map(
    (field) => [field.key, issuesOf(field, draft.entered[field.key] ?? null, locale, tools)] as const,
  );
  return Object.fromEntries(found.filter(([, issues]) => issues.length > 0));
}

function issuesOf(field: FieldDefinition, value: Json, locale: Locale, tools: CheckTools): readonly string[] {
  const checked = checkValue(field, value, tools);
  if (!checked.ok) return checked.problems.map(({ message }) => message[locale]);
  return checked.value === null && field.required ? [requiredProblem(field).message[locale]] : [];
}

/** The form that a customer was filled by, and what counts of what was entered into it. */
export interface FilledBy {
  readonly formId: string;
  readonly formVersion: number;
  readonly keys: ReadonlySet<string>;
}

/** What is sent of a customer that was filled by a form: of its fields alone, those too of a new one that were emptied. */
export function filledInput(draft: CustomerDraft, { formId, formVersion, keys }: FilledBy): CustomerInput {
  const input = customerInput(draft);
  const isSent = (key: string): boolean => keys.has(key) && (draft.id === null || key in (input.values as Entries));
  const values = Object.fromEntries(Object.entries(draft.entered).filter(([key]) => isSent(key)));
  return { ...input, formId, formVersion, values };
}

/** What is sent: the changes alone, so that what others change meanwhile in other fields is not undone. */
export function customerInput(draft: CustomerDraft): CustomerInput {
  const { id, version, entered } = draft;
  // Who looks after a new one is no change of the form, and is told all the same.
  const keys = new Set(changedKeys(draft));
  if (id === null && entered[ownerField.key]) keys.add(ownerField.key);
  const changed = Object.fromEntries([...keys].map((key) => [key, entered[key] ?? null]));
  const { [ownerField.key]: ownerId, ...values } = changed;
  return {
    ...(id !== null && { id, version }),
    ...(ownerId !== undefined && { ownerId: ownerId as string | null }),
    values,
  };
}

/** The keys of what both have changed, and not to the same. */
export function conflictingKeys(mine: CustomerDraft, theirs: CustomerDraft): readonly string[] {
  return changedKeys(mine).filter((key) => {
    const now = theirs.read[key];
    return !same(now, mine.read[key]) && !same(now, mine.entered[key]);
  });
}

/** My changes on top of what the others saved, but for those where theirs is kept. */
export function rebase(mine: CustomerDraft, theirs: CustomerDraft, resolution: Resolution): CustomerDraft {
  const kept = changedKeys(mine).filter((key) => resolution[key] !== 'theirs');
  return {
    ...theirs,
    entered: { ...theirs.read, ...Object.fromEntries(kept.map((key) => [key, mine.entered[key] ?? null])) },
  };
}
