import { checkFormula, checkRule, type FieldValidation } from '@kequn/rules';
import { rightsOf, type Rights } from '../access/gate.ts';
import type { FieldAccess } from '../access/role.ts';
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

/** What the viewer may do with each of these fields. */
export async function accessToFields(ctx: Context, fields: readonly Field[]): Promise<readonly FieldAccess[]> {
  return read(ctx, async (tx) => {
    const rights = await rightsOf(tx);
    return fields.map(({ key }) => rights.accessTo(key));
  });
}

/** The formula of each of these fields, as it was sent; null of one that reads what is hidden from the viewer. */
export async function visibleFormulas(ctx: Context, fields: readonly Field[]): Promise<readonly unknown[]> {
  return read(ctx, async (tx) => {
    const catalogue = await visibleCatalogue(tx, await rightsOf(tx));
    return fields.map(({ formula }) => (checkFormula(formula, catalogue).ok ? formula : null));
  });
}

/** What is asked of the values of each of these fields, without a rule that reads what is hidden from the viewer. */
export async function visibleValidations(ctx: Context, fields: readonly Field[]): Promise<readonly FieldValidation[]> {
  return read(ctx, async (tx) => {
    const catalogue = await visibleCatalogue(tx, await rightsOf(tx));
    return fields.map(({ validation: { rule, ...others } }) =>
      rule !== undefined && checkRule(rule, catalogue).ok ? { ...others, rule } : others,
    );
  });
}
