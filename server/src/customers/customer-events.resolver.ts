import { Args, Context as Ctx, ID, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { Event } from '../events/event.ts';
import { eventsByCustomer } from '../events/list-events.ts';
import { limits } from '../platform/limits.ts';
import { loadBatched } from '../platform/loading.ts';
import { pageSize } from '../platform/page-size.ts';
import { Customer } from './customer.ts';

/** The events of a customer: added here, where customers are known. */
@Resolver(() => Customer)
export class CustomerEventsResolver {
  @ResolveField(() => [Event], { description: 'Newest first.' })
  events(
    @Parent() { id: customerId }: Customer,
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('type', { type: () => ID, nullable: true }) type?: string | null,
    @Args('before', { type: () => Date, nullable: true }) before?: string | null,
  ) {
    const limit = pageSize(first, limits.page);
    return loadBatched(ctx, eventsByCustomer, { customerId, type: type ?? null, before: before ?? null, limit });
  }
}
