import { Args, Context as Ctx, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { noteRead } from '../access-log/note-reads.ts';
import { usersById } from '../access/list-users.ts';
import { User } from '../access/user.ts';
import type { Context } from '../access/viewer.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';
import { loadBatched } from '../platform/loading.ts';
import { AuditConnection, AuditEntry } from './audit-entry.ts';
import { listAuditLog } from './list-audit-log.ts';

/** What was done, over GraphQL. */
@Resolver(() => AuditEntry)
export class AuditLogResolver {
  @Query(() => AuditConnection, { description: 'Newest first; search in action, target and actor. Needs VIEW_AUDIT.' })
  auditLog(
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('customerId', { type: () => ID, nullable: true }) customerId: string | null,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
    @Args('from', { type: () => Date, nullable: true }) from: string | null,
    @Args('to', { type: () => Date, nullable: true }) to: string | null,
  ) {
    return listAuditLog(ctx, { first, after, customerId, search, from, to });
  }

  @ResolveField(() => JsonScalar, {
    description:
      'What was changed, from what to what, as far as the viewer may know it; restricted: true where it may not.',
  })
  async changes(@Parent() { changes, read }: AuditEntry, @Ctx() ctx: Context) {
    await noteRead(ctx, read);
    return changes;
  }

  @ResolveField(() => User, { nullable: true, description: 'Null: the system, or somebody who is not signed in.' })
  actor(@Parent() { actorId }: AuditEntry, @Ctx() ctx: Context) {
    return actorId === null ? null : loadBatched(ctx, usersById, actorId);
  }
}
