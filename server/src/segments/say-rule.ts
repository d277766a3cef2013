import { checkRule, sayRule } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';

/** A stored rule as a sentence in the reader's language; null where it is no rule of the present catalogue any more. */
export async function ruleSentence(ctx: Context, rule: unknown): Promise<string | null> {
  return read(ctx, async (tx) => {
    const { rules: catalogue } = await kept(tx, fieldCatalogue);
    const outcome = checkRule(rule, catalogue);
    return outcome.ok ? sayRule(outcome.value, { ...catalogue, locale: ctx.locale }) : null;
  });
}
