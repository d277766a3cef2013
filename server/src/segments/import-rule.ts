import { sayRule } from '@kequn/rules';
import { importRule as translate } from '@kequn/rules/import';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { visibleCatalogue } from '../fields/check-rule.ts';
import { refused } from '../platform/refused.ts';
import { read } from '../platform/transaction.ts';
import type { ImportedRule } from './rule-exchange.ts';

/**
 * Translates a rule that another program wrote, as plain JSON-logic or as react-querybuilder does, to a rule of this system that means the
 * same. Nothing is stored.
 *
 * @throws {Refused} RULE_INVALID with everything that cannot be kept, each with its place in what was sent.
 */
export async function importRule(ctx: Context, foreign: unknown): Promise<ImportedRule> {
  return read(ctx, async (tx) => {
    const catalogue = await visibleCatalogue(tx, await rightsOf(tx));
    const outcome = translate(foreign, catalogue);
    if (!outcome.ok) throw refused('RULE_INVALID', { issues: outcome.problems });
    const { rule, node } = outcome.value;
    return { rule, text: sayRule(node, { ...catalogue, locale: ctx.locale }) };
  });
}
