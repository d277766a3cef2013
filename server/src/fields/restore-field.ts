import { fieldsOf } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import type { Transactional } from '../platform/context.ts';
import { change } from '../platform/transaction.ts';
import { checkedFormula } from './check-rule.ts';
import { fieldCatalogue } from './catalogue.ts';
import { Field } from './field.ts';
import type { ApplyFormula, ChangedField } from './field-formula.ts';
import { noteReads } from './references.ts';
import { fieldToChange } from './update-field.ts';

/**
 * Brings an archived field back with the values that it had; what a formula computes is computed anew.
 *
 * @throws {Refused} NOT_FOUND; RULE_INVALID when what its formula reads has gone meanwhile.
 */
export async function restoreField(ctx: Context, key: string, apply: ApplyFormula): Promise<ChangedField> {
  return change(ctx, async (tx) => {
    const before = await fieldToChange(tx, key);
    if (!before.archived) return { field: before };
    const { formula } = before;
    const revived = { archived: false, formula: null, version: before.version + 1 };
    const field = Object.assign(new Field(), before, revived);
    await tx.manager.save(Field, field);
    tx.ruleSet.values.delete(fieldCatalogue);
    await recordAudit(tx, { action: 'field.restored', target: `field:${key}`, changes: {} });
    if (formula === null) return { field };
    await noteFormulaAnew(tx, field, formula);
    return { field, job: await apply(tx, { field, formula }) };
  });
}

async function noteFormulaAnew(tx: Transactional<Context>, { key }: Field, formula: unknown): Promise<void> {
  const node = await checkedFormula(tx, formula);
  await noteReads(tx.manager, { ownerKind: 'field', ownerId: key }, { fields: fieldsOf(node) });
}
