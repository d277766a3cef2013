import { momentAt, ownMessage, sentence, type Problem } from '@kequn/rules';
import { rightsOf, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { fieldRules } from '../fields/field-rules.ts';
import { claimIdentities, noteDuplicates, type Claim, type TakenClaim } from '../fields/identities.ts';
import { rightsOnCustomers, rightsOnRow } from '../fields/scoped-customers.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { rowAfter, type CustomerChange } from './customer-change.ts';

/**
 * The rules of fields that do not hold for a customer as it would be: all of a new one, those that a change touches otherwise. What
 * already stands wrong does not keep other fields from being changed, and of a value that is refused nothing more is said. A rule that reads
 * what the viewer may not read of this customer is not asked: its answer would tell. Its own field such a viewer does not write.
 */
export async function brokenRules(
  tx: Transactional<Context>,
  change: CustomerChange,
  problems: readonly Problem[],
): Promise<Problem[]> {
  const rights = change.before ? (await rightsOnRow(tx))(change.before) : await rightsOf(tx);
  return brokenRulesFor(tx, change, problems, rights);
}

/** The same for somebody with these rights. */
export async function brokenRulesFor(
  tx: Transactional<RequestContext>,
  change: CustomerChange,
  problems: readonly Problem[],
  rights: Rights,
): Promise<Problem[]> {
  const row = rowAfter(change);
  const moment = momentAt(change.after.updatedAt, tx.database.timeZone);
  const changed = change.before && change.changed;
  const troubled = new Set(problems.map(({ path }) => path));
  const rules = await kept(tx, fieldRules);
  return rules
    .filter(({ field, reads }) => [field.key, ...reads].every((key) => rights.may(key, 'filter')))
    .filter(({ field, reads }) => changed?.some((key) => key === field.key || reads.has(key)) ?? true)
    .filter(({ field, reads }) => !troubled.has(field.key) && ![...reads].some((key) => troubled.has(key)))
    .filter(({ holds }) => !holds(row, moment))
    .map(({ field }) => ({
      path: field.key,
      code: 'RULE',
      message: ownMessage(field.validation, sentence('不符合该字段的规则', 'Does not meet the rule of this field')),
    }));
}

/**
 * Claims the changed values of unique fields for a customer, in the transaction that writes it; tells those that another one has. Of a
 * customer whose value the writer may not know nothing is told: this one is written all the same, and the two are kept for somebody who may
 * see both.
 */
export async function takenValues(
  tx: Transactional<Context>,
  change: CustomerChange,
  problems: readonly Problem[],
): Promise<Problem[]> {
  const { after } = change;
  const taken = await claimIdentities(tx.manager, after.id, await claimsOf(tx, change, problems));
  const isTold = await toldOf(tx, taken);
  const untold = taken.filter((each) => !isTold(each)).map(({ claim }) => claim);
  await noteDuplicates(tx.manager, after.id, { claims: untold, at: after.updatedAt });
  const message = sentence('已有其他客户使用这个值', 'Another customer has this value');
  return taken.filter(isTold).map(({ claim }) => ({ path: claim.field.key, code: 'NOT_UNIQUE', message }));
}

/** Claims them for a customer of whom somebody writes who knows of no other: nothing is told of values that another one has. */
export async function claimUntold(tx: Transactional<RequestContext>, change: CustomerChange): Promise<void> {
  const { after } = change;
  const taken = await claimIdentities(tx.manager, after.id, await claimsOf(tx, change, []));
  const claims = taken.map(({ claim }) => claim);
  await noteDuplicates(tx.manager, after.id, { claims, at: after.updatedAt });
}

async function claimsOf(
  tx: Transactional<RequestContext>,
  { after, changed }: CustomerChange,
  problems: readonly Problem[],
): Promise<readonly Claim[]> {
  const troubled = new Set(problems.map(({ path }) => path));
  const { fields } = await kept(tx, fieldCatalogue);
  return fields
    .filter(({ key, unique }) => unique && changed.includes(key) && !troubled.has(key))
    .map((field) => ({ field, value: after.values[field.key] ?? null }));
}

/** Whether the viewer may know that a value is taken: of a customer whom they see, by a role that reads the field on it. */
async function toldOf(
  tx: Transactional<Context>,
  taken: readonly TakenClaim[],
): Promise<(taken: TakenClaim) => boolean> {
  const rights = await rightsOnCustomers(tx, [...new Set(taken.flatMap(({ customerIds }) => customerIds))]);
  return ({ claim, customerIds }) => customerIds.some((id) => rights(id)?.may(claim.field.key, 'filter') ?? false);
}
