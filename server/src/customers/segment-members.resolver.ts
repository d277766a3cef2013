import { Args, Context as Ctx, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { loadBatched } from '../platform/loading.ts';
import { closedMembers, segmentsById } from '../segments/list-segments.ts';
import { Membership, MembershipChange } from '../segments/membership.ts';
import { Segment } from '../segments/segment.ts';
import { CustomerConnection } from './customer.ts';
import { listCustomers } from './list-customers.ts';
import { formerMembersAreOpen } from './memberships.ts';

/** The members of a segment: added here, where customers are known. */
@Resolver(() => Segment)
export class SegmentMembersResolver {
  @ResolveField(() => CustomerConnection, {
    nullable: true,
    description:
      'As they are now, or as they were at an instant, without customers who have been erased since. Null when restricted; of a former day also where the rule ever read what the viewer may not.',
  })
  async members(
    @Parent() segment: Segment,
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
    @Args('at', { type: () => Date, nullable: true }) at?: string | null,
  ): Promise<CustomerConnection | null> {
    const page = { first, after: after ?? null };
    if (at) {
      const open = await loadBatched(ctx, formerMembersAreOpen, segment.id);
      return open ? listCustomers(ctx, { ...page, members: { segmentId: segment.id, at } }) : null;
    }
    if (await loadBatched(ctx, closedMembers, segment.id)) return null;
    return listCustomers(ctx, { ...page, members: { segmentId: segment.id, generationId: segment.generationId } });
  }
}

/** The segment of a membership. */
@Resolver(() => Membership)
export class MembershipResolver {
  @ResolveField(() => Segment)
  segment(@Parent() { segmentId }: Membership, @Ctx() ctx: Context) {
    return loadBatched(ctx, segmentsById, segmentId);
  }
}

/** The segment of a change of membership. */
@Resolver(() => MembershipChange)
export class MembershipChangeResolver {
  @ResolveField(() => Segment)
  segment(@Parent() { segmentId }: MembershipChange, @Ctx() ctx: Context) {
    return loadBatched(ctx, segmentsById, segmentId);
  }
}
