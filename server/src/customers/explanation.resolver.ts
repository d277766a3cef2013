import { Args, Context as Ctx, ID, Query, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { RuleScalar } from '../platform/graphql/scalars.ts';
import { Explanation } from './customer.ts';
import { explainCustomer } from './explain-customer.ts';

/** Explanations over GraphQL. */
@Resolver(() => Explanation)
export class ExplanationResolver {
  @Query(() => Explanation, { description: 'Exactly one of rule and segmentId; a restricted segment: FORBIDDEN.' })
  explain(
    @Ctx() ctx: Context,
    @Args('customerId', { type: () => ID }) customerId: string,
    @Args('rule', { type: () => RuleScalar, nullable: true }) rule: unknown,
    @Args('segmentId', { type: () => ID, nullable: true }) segmentId: string | null,
  ) {
    return explainCustomer(ctx, { customerId, rule, segmentId });
  }
}
