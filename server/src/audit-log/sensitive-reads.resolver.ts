import { Args, Context as Ctx, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { usersById } from '../access/list-users.ts';
import { User } from '../access/user.ts';
import type { Context } from '../access/viewer.ts';
import { Customer } from '../customers/customer.ts';
import { customersById } from '../customers/list-customers.ts';
import { limits } from '../platform/limits.ts';
import { loadBatched } from '../platform/loading.ts';
import { pageSize } from '../platform/page-size.ts';
import { listSensitiveReads } from './list-sensitive-reads.ts';
import { SensitiveRead, SensitiveReadConnection } from './sensitive-read.ts';

/** Who read sensitive fields of whom, over GraphQL. */
@Resolver(() => SensitiveRead)
export class SensitiveReadsResolver {
  @Query(() => SensitiveReadConnection, {
    description: 'Who was told values of sensitive fields, newest first. Needs VIEW_AUDIT.',
  })
  sensitiveReads(
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('customerId', { type: () => ID, nullable: true }) customerId: string | null,
    @Args('actorId', { type: () => ID, nullable: true }) actorId: string | null,
    @Args('from', { type: () => Date, nullable: true }) from: string | null,
    @Args('to', { type: () => Date, nullable: true }) to: string | null,
  ) {
    return listSensitiveReads(ctx, { first, after, customerId, actorId, from, to });
  }

  @ResolveField(() => User, { nullable: true, description: 'Null: a user who is gone.' })
  actor(@Parent() { actorId }: SensitiveRead, @Ctx() ctx: Context) {
    return actorId === null ? null : loadBatched(ctx, usersById, actorId);
  }

  @ResolveField(() => [Customer], {
    description: 'Those of them who are still there. Reading their values is a read too.',
  })
  async customers(
    @Parent() { customerIds }: SensitiveRead,
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 10 }) first: number | null,
  ): Promise<Customer[]> {
    const ids = customerIds.slice(0, pageSize(first, limits.page));
    const customers = await Promise.all(ids.map((id) => loadBatched(ctx, customersById, id)));
    return customers.filter((customer) => customer !== null);
  }
}
