import { ruleToPortable } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { checkedRule } from '../fields/check-rule.ts';
import { read } from '../platform/transaction.ts';

/**
 * Writes a rule as plain JSON-logic that an unmodified json-logic-js answers alike, with the operations of `@kequn/rules/portable`.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN.
 */
export async function exportRule(ctx: Context, rule: unknown): Promise<unknown> {
  return read(ctx, async (tx) => ruleToPortable(await checkedRule(tx, rule, 'filter')));
}
