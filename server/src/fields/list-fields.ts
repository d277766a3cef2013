import { checkFormula, checkRule, type FieldValidation } from '@kequn/rules';
import { rightsOf, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { fieldCatalogue } from './catalogue.ts';
import { visibleCatalogue } from './check-rule.ts';
import { systemFieldRows, type Field, type Usage } from './field.ts';
import { usagesOf } from './references.ts';

/** The fields that the viewer may know of, system fields first. */
export async function listFields(ctx: Context, includeArchived: boolean): Promise<readonly Field[]> {
  return read(ctx, async (tx) => {
    const rights = await rightsOf(tx);
    const { fields } = await kept(tx, fieldCatalogue);
    return [...systemFieldRows, ...fields].filter(
      ({ key, archived }) => (includeArchived || !archived) && rights.accessTo(key) !== 'HIDDEN',
    );
  });
}

/** What names each of these fields; the roles whose scopes do are told to who manages roles. */
export async function usagesByField(ctx: Context, keys: readonly string[]): Promise<readonly (readonly Usage[])[]> {
  return read(ctx, async (tx) => {
    const isKnown = knownUsage(await rightsOf(tx));
    const usages = (await usagesOf(tx.manager, keys)).filter(isKnown);
    return keys.map((key) => usages.filter((usage) => usage.key === key));
  });
}

/** Whether a viewer may know what uses a field: the scopes of roles are for who manages roles, retention rules for who may erase, forms for who designs them, and hidden fields for nobody. */
export function knownUsage(rights: Rights): (usage: Usage) => boolean {
  return ({ kind, id }) => {
    if (kind === 'role') return rights.has('MANAGE_ROLES');
    if (kind === 'retention') return rights.has('ERASE_CUSTOMERS');
    if (kind === 'form') return rights.has('MANAGE_FORMS');
    return kind !== 'field' || rights.accessTo(id) !== 'HIDDEN';
  };
}

/** The formula of a field, as it was sent; null of one that reads what is hidden from the viewer. */
export async function visibleFormula(ctx: Context, { formula }: Field): Promise<unknown> {
  if (formula === null) return null;
  return read(ctx, async (tx) =>
    checkFormula(formula, await visibleCatalogue(tx, await rightsOf(tx))).ok ? formula : null,
  );
}

/** What is asked of the values of a field, without a rule that reads what is hidden from the viewer. */
export async function visibleValidation(ctx: Context, { validation }: Field): Promise<FieldValidation> {
  if (validation.rule === undefined) return validation;
  const { rule, ...others } = validation;
  return read(ctx, async (tx) =>
    checkRule(rule, await visibleCatalogue(tx, await rightsOf(tx))).ok ? validation : others,
  );
}
