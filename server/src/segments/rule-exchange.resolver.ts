import { Args, Context as Ctx, Query, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { JsonScalar, RuleScalar } from '../platform/graphql/scalars.ts';
import { exportRule } from './export-rule.ts';
import { importRule } from './import-rule.ts';
import { ImportedRule } from './rule-exchange.ts';

/** Rules from and for other programs over GraphQL. */
@Resolver()
export class RuleExchangeResolver {
  @Query(() => ImportedRule, {
    description:
      'From plain JSON-logic, or from what react-querybuilder writes. RULE_INVALID lists what cannot be kept.',
  })
  importRule(@Ctx() ctx: Context, @Args('rule', { type: () => JsonScalar }) rule: unknown) {
    return importRule(ctx, rule);
  }

  @Query(() => JsonScalar, {
    description: 'As plain JSON-logic that an unmodified json-logic-js answers alike; see docs/rule-language.md.',
  })
  exportRule(@Ctx() ctx: Context, @Args('rule', { type: () => RuleScalar }) rule: unknown) {
    return exportRule(ctx, rule);
  }
}
