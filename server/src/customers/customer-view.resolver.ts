import { Args, Context as Ctx, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { CustomerView, CustomerViewInput } from './customer-view.ts';
import { listCustomerViews } from './list-customer-views.ts';
import { deleteCustomerView, saveCustomerView } from './save-customer-view.ts';

/** Kept lists of customers over GraphQL. */
@Resolver(() => CustomerView)
export class CustomerViewResolver {
  @Query(() => [CustomerView], { description: "One's own and those that others share." })
  customerViews(@Ctx() ctx: Context) {
    return listCustomerViews(ctx);
  }

  @Mutation(() => CustomerView)
  saveCustomerView(@Ctx() ctx: Context, @Args('input') input: CustomerViewInput) {
    return saveCustomerView(ctx, input);
  }

  @Mutation(() => Boolean)
  deleteCustomerView(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return deleteCustomerView(ctx, id);
  }

  @ResolveField(() => Boolean, { description: 'Only whose list it is may change it.' })
  mine(@Parent() view: CustomerView, @Ctx() { actorId }: Context): boolean {
    return view.ownerId === actorId;
  }
}
