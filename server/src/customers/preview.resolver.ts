import { Args, Context as Ctx, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { RuleScalar } from '../platform/graphql/scalars.ts';
import { ConditionCount, Customer, FieldDistribution, RuleFinding, RulePreview } from './customer.ts';
import { fieldDistribution } from './field-distribution.ts';
import { previewRule } from './preview-rule.ts';

/** The preview of a rule over GraphQL. */
@Resolver(() => RulePreview)
export class PreviewResolver {
  @Query(() => RulePreview, { description: 'sample: 0 … 20.' })
  previewRule(
    @Ctx() ctx: Context,
    @Args('rule', { type: () => RuleScalar }) rule: unknown,
    @Args('sample', { type: () => Int, nullable: true, defaultValue: 5 }) sample: number | null,
    @Args('estimate', { type: () => Boolean, nullable: true, defaultValue: false }) estimate: boolean | null,
  ) {
    return previewRule(ctx, rule, { sample: sample ?? 5, estimate: estimate ?? false });
  }

  @Query(() => FieldDistribution, {
    description:
      'Of a field of numbers, over customers in the scope of the viewer; of a sensitive one nothing that fewer than ten stand behind.',
  })
  fieldDistribution(@Ctx() ctx: Context, @Args('fieldKey', { type: () => ID }) fieldKey: string) {
    return fieldDistribution(ctx, fieldKey);
  }

  @ResolveField(() => Int)
  async count(@Parent() preview: RulePreview) {
    return (await preview.count()).count;
  }

  @ResolveField(() => Boolean)
  async exact(@Parent() preview: RulePreview) {
    return (await preview.count()).exact;
  }

  @ResolveField(() => Int)
  async margin(@Parent() preview: RulePreview) {
    return (await preview.count()).margin;
  }

  @ResolveField(() => Int)
  async total(@Parent() preview: RulePreview) {
    return (await preview.count()).total;
  }

  @ResolveField(() => [Customer])
  sample(@Parent() preview: RulePreview) {
    return preview.sample();
  }

  @ResolveField(() => [ConditionCount])
  conditions(@Parent() preview: RulePreview) {
    return preview.conditions();
  }

  @ResolveField(() => [RuleFinding])
  findings(@Parent() preview: RulePreview) {
    return preview.findings();
  }
}
