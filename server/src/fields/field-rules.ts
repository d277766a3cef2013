import { checkRule, compileRule, fieldsOf, type FieldDefinition, type Moment, type Row } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { kept, type Kept } from '../platform/rule-set.ts';
import { fieldCatalogue } from './catalogue.ts';
import { checkedRule } from './check-rule.ts';
import type { Field } from './field.ts';
import { noteReads } from './references.ts';

/** The rule of a field, ready to run over a customer. */
export interface FieldRule {
  readonly field: FieldDefinition;
  /** The keys of the fields that it reads. */
  readonly reads: ReadonlySet<string>;
  holds(row: Row, moment: Moment): boolean;
}

/** The rules of all live fields. One that is no rule of the present catalogue asks for nothing: it was kept from being so. */
export const fieldRules: Kept<readonly FieldRule[]> = {
  name: 'field rules',
  async load(tx) {
    const { fields, rules } = await kept(tx, fieldCatalogue);
    return fields.flatMap((field) => {
      if (field.archived || field.validation.rule === undefined) return [];
      const outcome = checkRule(field.validation.rule, rules);
      return outcome.ok ? [{ field, reads: fieldsOf(outcome.value), holds: compileRule(outcome.value) }] : [];
    });
  },
};

/**
 * Checks the rule of a field that has just been written and notes what it reads; the field itself may be read by it.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN.
 */
export async function keepFieldRule(tx: Transactional<Context>, { key, validation }: Field): Promise<void> {
  // What was kept before the field was written does not know it.
  tx.ruleSet.values.delete(fieldCatalogue);
  const rule =
    validation.rule === undefined
      ? undefined
      : await checkedRule(tx, validation.rule, 'filter', { at: 'validation/rule' });
  await noteReads(tx.manager, { ownerKind: 'field', ownerId: key }, { fields: rule ? fieldsOf(rule) : [] });
}
