import { conditionsOf, ruleToSql, sayRule, type Node } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { askedNow, momentNow } from '../fields/asked-now.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { checkedRule } from '../fields/check-rule.ts';
import { customerTarget } from '../fields/customer-table.ts';
import { scopedCustomers, selectCustomers } from '../fields/scoped-customers.ts';
import { limits } from '../platform/limits.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { RulePreview, type ConditionCount } from './customer.ts';
import { customerView } from './show-customer.ts';

/**
 * What a rule would do to the customers that the viewer may see. Nothing is stored.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN, LIMIT_EXCEEDED.
 */
export async function previewRule(ctx: Context, raw: unknown, sample: number): Promise<RulePreview> {
  if (sample < 0 || sample > limits.sample) throw refused('LIMIT_EXCEEDED', { limit: 'sample', max: limits.sample });
  return read(ctx, async (tx) => {
    const rule = await checkedRule(tx, raw, 'filter');
    const { rules: catalogue } = await kept(tx, fieldCatalogue);
    return Object.assign(new RulePreview(), {
      exact: true,
      margin: 0,
      text: sayRule(rule, { ...catalogue, locale: ctx.locale }),
      counts: () => countRule(ctx, rule),
      conditions: () => countConditions(ctx, rule),
      sample: () => sampleOf(ctx, rule, sample),
    });
  });
}

async function countRule(ctx: Context, rule: Node): Promise<{ count: number; total: number }> {
  const [count, total] = await countEach(ctx, [rule]);
  return { count: count ?? 0, total: total ?? 0 };
}

async function countConditions(ctx: Context, rule: Node): Promise<readonly ConditionCount[]> {
  const conditions = conditionsOf(rule).slice(0, limits.conditionCounts);
  const counts = await countEach(ctx, conditions);
  return conditions.map(({ path }, index) => ({ path, count: counts[index] ?? 0, exact: true, margin: 0 }));
}

/** Counts several rules in one scan; the last count is that of everybody. */
async function countEach(ctx: Context, rules: readonly Node[]): Promise<readonly number[]> {
  return read(ctx, async (tx) => {
    const { from, parameters } = scopedCustomers({});
    const target = customerTarget(parameters, await momentNow(tx));
    const counts = rules.map((rule) => `count(*) filter (where ${ruleToSql(rule, target)})`);
    const [row] = await tx.manager.query<{ counts: number[] }[]>(
      `select array[${[...counts, 'count(*)'].join(', ')}]::float8[] as counts from ${from}`,
      parameters.values,
    );
    return row?.counts ?? [];
  });
}

async function sampleOf(ctx: Context, rule: Node, size: number) {
  return read(ctx, async (tx) =>
    (await selectCustomers(tx, { filter: await askedNow(tx, rule) }, size)).map(await customerView(tx)),
  );
}
