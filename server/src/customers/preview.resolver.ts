import { Args, Context as Ctx, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { RuleScalar } from '../platform/graphql/scalars.ts';
import { ConditionCount, Customer, RulePreview } from './customer.ts';
import { previewRule } from './preview-rule.ts';

/** The preview of a rule over GraphQL. */
@Resolver(() => RulePreview)
export class PreviewResolver {
  @Query(() => RulePreview, { description: 'sample: 0 … 20.' })
  previewRule(
    @Ctx() ctx: Context,
    @Args('rule', { type: () => RuleScalar }) rule: unknown,
    @Args('sample', { type: () => Int, nullable: true, defaultValue: 5 }) sample: number | null,
  ) {
    return previewRule(ctx, rule, sample ?? 5);
  }

  @ResolveField(() => Int)
  async count(@Parent() preview: RulePreview) {
    return (await preview.counts()).count;
  }

  @ResolveField(() => Int)
  async total(@Parent() preview: RulePreview) {
    return (await preview.counts()).total;
  }

  @ResolveField(() => [Customer])
  sample(@Parent() preview: RulePreview) {
    return preview.sample();
  }

  @ResolveField(() => [ConditionCount])
  conditions(@Parent() preview: RulePreview) {
    return preview.conditions();
  }
}
