import { Args, Context as Ctx, Int, Query, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { Duplicate, DuplicateConnection } from './duplicate.ts';
import { listDuplicates } from './list-duplicates.ts';

/** Values of unique fields that two customers have, over GraphQL. */
@Resolver(() => Duplicate)
export class DuplicatesResolver {
  @Query(() => DuplicateConnection, {
    description:
      'Customers who share a value of a unique field, the latest found first: whoever saved the later one does not see the other and was told nothing. Of fields and customers that the viewer reads.',
  })
  duplicates(
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
  ) {
    return listDuplicates(ctx, { first, after: after ?? null });
  }
}
