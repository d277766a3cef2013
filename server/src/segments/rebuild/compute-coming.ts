import { checkFormula, formulaToSql, readsClock, scheduleToSql, type Node, type SqlParameters } from '@kequn/rules';
import { fieldCatalogue } from '../../fields/catalogue.ts';
import { comingColumnOf, settingsOf } from '../../fields/customer-table.ts';
import type { RequestContext, Transactional } from '../../platform/context.ts';
import { refused } from '../../platform/refused.ts';
import { kept } from '../../platform/rule-set.ts';
import { lowerDueTo } from '../due.ts';
import { targetOf, type Whom } from './coming.ts';
import type { Rebuild } from './rebuild.ts';

/** Computes, of some customers, what formulas are to give, beside what those have. */
export async function computeComing(tx: Transactional<RequestContext>, rebuild: Rebuild, whom: Whom): Promise<void> {
  for (const key of computedKeys(rebuild)) {
    const node = await comingFormula(tx, rebuild, key);
    const { parameters, target } = await targetOf(tx, rebuild);
    const setting = settingsOf([comingColumnOf(key)], [formulaToSql(node, target)]);
    await tx.manager.query(`update customer c set ${setting} where ${whom(parameters)}`, parameters.values);
    if (readsClock(node)) await expectChanges(tx, rebuild, node, whom);
  }
}

/** A field that becomes of another type is not computed. */
function computedKeys({ target, formulaKeys }: Rebuild): readonly string[] {
  return target.act === 'CONVERT' ? formulaKeys.filter((key) => key !== target.fieldKey) : formulaKeys;
}

/** Notes when time alone changes what a rule says of some customers, or a formula computes. */
export async function expectChanges(
  tx: Transactional<RequestContext>,
  rebuild: Rebuild,
  node: Node,
  whom: (parameters: SqlParameters) => string,
): Promise<void> {
  const { parameters, target } = await targetOf(tx, rebuild);
  const dueAt = scheduleToSql(node, target);
  await lowerDueTo(tx, `select c.id, ${dueAt} from customer c where ${whom(parameters)}`, parameters.values);
}

/**
 * The formula that a field is to be computed by: the new one, or of others the present one.
 *
 * @throws {Refused} RULE_INVALID when what it reads has gone meanwhile.
 */
export async function comingFormula(
  tx: Transactional<RequestContext>,
  { target }: Pick<Rebuild, 'target'>,
  key: string,
): Promise<Node> {
  const { rules: catalogue, formulas } = await kept(tx, fieldCatalogue);
  if (target.act !== 'FORMULA' || target.fieldKey !== key) {
    const present = formulas.levels.flat().find(({ field }) => field.key === key);
    if (!present) throw refused('RULE_INVALID', { issues: [] });
    return present.node;
  }
  const outcome = checkFormula(target.formula, catalogue);
  if (!outcome.ok) throw refused('RULE_INVALID', { issues: outcome.problems });
  return outcome.value;
}
