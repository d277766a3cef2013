import { holdsForEverybody, sentence } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { askedNow, momentNow } from '../fields/asked-now.ts';
import { checkedRule } from '../fields/check-rule.ts';
import { countCustomers } from '../fields/scoped-customers.ts';
import { sourcesOf } from '../fields/segment-reads.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import type { RetentionRule } from './retention-rule.ts';

const everybody = sentence(
  '这条规则对每个客户都成立，启用后会删除全部客户',
  'Every customer meets this rule: it would erase all of them',
);

const everybodyNow = (count: number) =>
  sentence(
    `现有的 ${count} 位客户全都符合这条规则，启用后一个不留。请检查规则和它用到的分群；如果规则没有问题，等有不符合的客户时再启用`,
    `All ${count} customers meet this rule now: it would erase every one of them. Check the rule and the segments that it uses; if it is right, activate it once there are customers who do not meet it`,
  );

/**
 * Checks a rule by which customers are about to be erased.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN; VALIDATION_FAILED for one that leaves nobody out, whoever the customers are.
 */
export async function requireSelectiveRule(tx: Transactional<Context>, { rule }: RetentionRule): Promise<void> {
  const checked = await checkedRule(tx, rule, 'filter');
  if (holdsForEverybody(checked, await momentNow(tx)))
    throw invalid([{ path: 'rule', code: 'INVALID', message: everybody }]);
}

/**
 * Checks that a rule leaves somebody out of those whom it could erase for the viewer now: it may hold for everybody by way of segments.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN; VALIDATION_FAILED for one that all of several customers meet.
 */
export async function requireLeavesOut(tx: Transactional<Context>, { rule }: RetentionRule): Promise<void> {
  const checked = await checkedRule(tx, rule, 'filter');
  const all = await countCustomers(tx, { uses: await sourcesOf(tx, checked) });
  if (all < 2 || (await countCustomers(tx, { filter: await askedNow(tx, checked) })) < all) return;
  throw invalid([{ path: 'rule', code: 'INVALID', message: everybodyNow(all) }]);
}
