import { momentAt, ownMessage, sentence, type Problem } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { fieldRules } from '../fields/field-rules.ts';
import { claimIdentities } from '../fields/identities.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { rowAfter, type CustomerChange } from './customer-change.ts';

/**
 * The rules of fields that do not hold for a customer as it would be: all of a new one, those that a change touches otherwise. What
 * already stands wrong does not keep other fields from being changed, and of a value that is refused nothing more is said.
 */
export async function brokenRules(
  tx: Transactional<Context>,
  change: CustomerChange,
  problems: readonly Problem[],
): Promise<Problem[]> {
  const row = rowAfter(change);
  const moment = momentAt(change.after.updatedAt, tx.database.timeZone);
  const changed = change.before && change.changed;
  const troubled = new Set(problems.map(({ path }) => path));
  const rules = await kept(tx, fieldRules);
  return rules
    .filter(({ field, reads }) => changed?.some((key) => key === field.key || reads.has(key)) ?? true)
    .filter(({ field, reads }) => !troubled.has(field.key) && ![...reads].some((key) => troubled.has(key)))
    .filter(({ holds }) => !holds(row, moment))
    .map(({ field }) => ({
      path: field.key,
      code: 'RULE',
      message: ownMessage(field.validation, sentence('不符合该字段的规则', 'Does not meet the rule of this field')),
    }));
}

/** Claims the changed values of unique fields for a customer, in the transaction that writes it; tells those that another one has. */
export async function takenValues(
  tx: Transactional<Context>,
  { after, changed }: CustomerChange,
  problems: readonly Problem[],
): Promise<Problem[]> {
  const troubled = new Set(problems.map(({ path }) => path));
  const { fields } = await kept(tx, fieldCatalogue);
  const claims = fields
    .filter(({ key, unique }) => unique && changed.includes(key) && !troubled.has(key))
    .map((field) => ({ field, value: after.values[field.key] ?? null }));
  const taken = await claimIdentities(tx.manager, after.id, claims);
  const message = sentence('已有其他客户使用这个值', 'Another customer has this value');
  return taken.map(({ key }) => ({ path: key, code: 'NOT_UNIQUE', message }));
}
