import type { Value } from '@kequn/rules';
import type { FieldCatalogue } from '../fields/catalogue.ts';
import { toRuleRow, type CustomerRow } from '../fields/customer-table.ts';
import { newId } from '../platform/uuid.ts';

/** What a writer makes of a customer. */
export interface CustomerChange {
  /** Undefined for a new one. */
  readonly before?: CustomerRow | undefined;
  /** With every field of the catalogue, empty ones as null: rules and readers ask for rows of one shape. */
  readonly after: CustomerRow;
  /** The keys of what changed, `owner` among them. */
  readonly changed: readonly string[];
}

/** What is new about a customer. */
export interface CustomerNews {
  /** By field key, in normal form. */
  readonly values: ReadonlyMap<string, Value>;
  readonly owner: string | null;
  readonly now: string;
}

/** The change that news make of a customer, or of nobody. */
export function changeOf(
  before: CustomerRow | undefined,
  { values, owner, now }: CustomerNews,
  { fields }: FieldCatalogue,
): CustomerChange {
  const valueAfter = (key: string): Value => (values.has(key) ? values.get(key) : before?.values[key]) ?? null;
  const after = {
    id: before?.id ?? newId(),
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    owner,
    values: Object.fromEntries(fields.map(({ key }) => [key, valueAfter(key)])),
  };
  const ownerChanged = owner !== (before?.owner ?? null);
  return { before, after, changed: ownerChanged ? [...values.keys(), 'owner'] : [...values.keys()] };
}

/** The customer as rules see it once the change is made. */
export function rowAfter({ after }: CustomerChange) {
  return toRuleRow(after);
}
