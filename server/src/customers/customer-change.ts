import { isDeepStrictEqual } from 'node:util';
import type { Value } from '@kequn/rules';
import { fieldCatalogue, type FieldCatalogue } from '../fields/catalogue.ts';
import { computeProposed } from '../fields/compute.ts';
import { toRuleRow, type CustomerRow } from '../fields/customer-table.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { newId } from '../platform/uuid.ts';

/** What a writer makes of a customer. */
export interface CustomerChange {
  /** Undefined for a new one. */
  readonly before?: CustomerRow | undefined;
  /** With every field of the catalogue, empty ones as null: rules and readers ask for rows of one shape. */
  readonly after: CustomerRow;
  /** The keys of what changed, `owner` among them. */
  readonly changed: readonly string[];
  /** When time alone next changes what a formula computes of it; null where it never does. */
  readonly dueAt?: string | null | undefined;
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

/** The changes with what formulas make of them, which is asked of all customers at once, before the rules of fields are. */
export async function withFormulas(
  tx: Transactional<RequestContext>,
  changes: readonly CustomerChange[],
  at: string,
): Promise<readonly CustomerChange[]> {
  const { formulas } = await kept(tx, fieldCatalogue);
  const computed = formulas.levels.flat().map(({ field }) => field.key);
  const proposals = changes.map((change) => ({
    change,
    id: change.after.id,
    after: change.after,
    changed: readingsOf(change),
    dueAt: change.dueAt,
  }));
  const done = await computeProposed(tx, proposals, at);
  return done.map(({ change, after, dueAt }) => {
    const isAnother = (key: string) =>
      !isDeepStrictEqual(change.before?.values[key] ?? null, after.values[key] ?? null);
    return { ...change, after, dueAt, changed: [...change.changed, ...computed.filter(isAnother)] };
  });
}

/** What a change changes as rules name it; undefined for a new customer, of whom everything is asked. */
export function readingsOf({ before, changed }: CustomerChange): ReadonlySet<string> | undefined {
  return before && new Set([...changed, 'updated_at']);
}

/** The customer as rules see it once the change is made. */
export function rowAfter({ after }: CustomerChange) {
  return toRuleRow(after);
}
