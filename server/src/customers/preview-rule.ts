import DataLoader from 'dataloader';
import { conditionsOf, eventsKey, eventTypesOf, fieldsOf, sayRule, segmentsOf, type Node } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { askedNow } from '../fields/asked-now.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { checkedQuestion } from '../fields/check-rule.ts';
import { selectCustomers } from '../fields/scoped-customers.ts';
import { limits } from '../platform/limits.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { countRules, estimateRules, type RuleCount } from './count-rules.ts';
import { RulePreview, type ConditionCount } from './customer.ts';
import { findInRule } from './find-in-rule.ts';
import { customerView } from './show-customer.ts';

/**
 * What a rule would do to the customers that the viewer may see. Nothing is stored.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN, LIMIT_EXCEEDED.
 */
export async function previewRule(
  ctx: Context,
  raw: unknown,
  { sample, estimate }: { sample: number; estimate: boolean },
): Promise<RulePreview> {
  if (sample < 0 || sample > limits.sample) throw refused('LIMIT_EXCEEDED', { limit: 'sample', max: limits.sample });
  return read(ctx, async (tx) => {
    const rule = await checkedQuestion(tx, raw);
    const { rules: catalogue } = await kept(tx, fieldCatalogue);
    const counting = countingTogether(ctx, estimate ? estimateRules : countRules);
    return Object.assign(new RulePreview(), {
      dependsOn: dependenciesOf(rule),
      text: sayRule(rule, { ...catalogue, locale: ctx.locale }),
      count: () => counting.load(rule),
      conditions: () => conditionCounts(rule, counting),
      sample: () => sampleOf(ctx, rule, sample),
      findings: () => findInRule(ctx, rule),
    });
  });
}

function dependenciesOf(rule: Node): readonly string[] {
  const fields = [...fieldsOf(rule)].filter((key) => key !== eventsKey);
  return [...fields, ...[...eventTypesOf(rule)].map((type) => `${eventsKey}.${type}`), ...segmentsOf(rule).keys()];
}

/** Counts the rule and its conditions in one scan where both are asked for; asked again, it answers what it counted. */
type Counting = DataLoader<Node, RuleCount & { readonly total: number }>;

function countingTogether(ctx: Context, count: typeof countRules): Counting {
  return new DataLoader(async (rules) => {
    const { counts, total } = await count(ctx, rules);
    return counts.map((each) => ({ ...each, total }));
  });
}

async function conditionCounts(rule: Node, counting: Counting): Promise<readonly ConditionCount[]> {
  const conditions = conditionsOf(rule).slice(0, limits.conditionCounts);
  const counts = await Promise.all(conditions.map((condition) => counting.load(condition)));
  return conditions.map(({ path }, index) => ({ path, ...counts[index]! }));
}

async function sampleOf(ctx: Context, rule: Node, size: number) {
  return read(ctx, async (tx) =>
    (await selectCustomers(tx, { filter: await askedNow(tx, rule) }, size)).map(await customerView(tx, 'preview')),
  );
}
