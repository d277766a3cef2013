import { catalogueOf, checkRule, fieldsOf, type Catalogue, type Node } from '@kequn/rules';
import { rightsOf, type FieldUse, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { fieldCatalogue } from './catalogue.ts';

/**
 * Checks a rule that a viewer sends. A hidden field is answered exactly as one that does not exist; a field that may be seen but not
 * used so is FIELD_FORBIDDEN. `at` is where the rule stands in what was sent.
 *
 * @throws {Refused} RULE_INVALID with every problem, or FIELD_FORBIDDEN with the fields.
 */
export async function checkedRule(tx: Transactional<Context>, rule: unknown, use: FieldUse, at = ''): Promise<Node> {
  const rights = await rightsOf(tx);
  const outcome = checkRule(rule, await visibleCatalogue(tx, rights));
  if (!outcome.ok) {
    const issues = outcome.problems.map((problem) => ({ ...problem, path: at + problem.path }));
    throw refused('RULE_INVALID', { issues });
  }
  const forbidden = [...fieldsOf(outcome.value)].filter((key) => !rights.may(key, use));
  if (forbidden.length > 0) throw refused('FIELD_FORBIDDEN', { fields: forbidden });
  return outcome.value;
}

/** The catalogue without what is hidden from the viewer. */
export async function visibleCatalogue(tx: Transactional<Context>, rights: Rights): Promise<Catalogue> {
  const { fields, rules } = await kept(tx, fieldCatalogue);
  const visible = fields.filter(({ key }) => rights.accessTo(key) !== 'HIDDEN');
  return visible.length === fields.length ? rules : catalogueOf(visible, rules.users, rules.timeZone, rules.regions);
}
