import { Args, Context as Ctx, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { JsonScalar } from '../platform/graphql/scalars.ts';
import { loadBatched } from '../platform/loading.ts';
import { listUsers, ownRights, rolesByUser } from './list-users.ts';
import { Capability, Role } from './role.ts';
import { saveUser } from './save-user.ts';
import { User, UserInput } from './user.ts';
import type { AnyContext, Context } from './viewer.ts';

/** Users over GraphQL. */
@Resolver(() => User)
export class UserResolver {
  @Query(() => User)
  me(@Ctx() ctx: Context) {
    return ctx.viewer.user;
  }

  @Query(() => [User], { description: 'Everybody sees id and name of the active ones.' })
  users(@Ctx() ctx: Context) {
    return listUsers(ctx);
  }

  @Mutation(() => User, {
    description:
      'What is not given stays; a new user needs a password. A new password and a deactivation end all sessions. Gives no role that allows more than one may oneself.',
  })
  saveUser(@Ctx() ctx: Context, @Args('input') input: UserInput) {
    return saveUser(ctx, input);
  }

  @ResolveField(() => String, { nullable: true, description: 'Of others: empty without MANAGE_USERS.' })
  async email(@Parent() user: User, @Ctx() ctx: AnyContext): Promise<string | null> {
    return (await maySee(ctx, user)) ? user.email : null;
  }

  @ResolveField(() => JsonScalar, { description: 'Of others: empty without MANAGE_USERS.' })
  async attributes(@Parent() user: User, @Ctx() ctx: AnyContext): Promise<Record<string, unknown>> {
    return (await maySee(ctx, user)) ? user.attributes : {};
  }

  @ResolveField(() => [Role], { description: 'Of others: empty without MANAGE_USERS.' })
  roles(@Parent() user: User, @Ctx() ctx: AnyContext): Promise<Role[]> {
    return loadBatched(asViewer(ctx, user), rolesByUser, user.id);
  }

  @ResolveField(() => [Capability], { description: 'Of others: empty without MANAGE_USERS.' })
  async capabilities(@Parent() user: User, @Ctx() ctx: AnyContext): Promise<Capability[]> {
    const roles = await loadBatched(asViewer(ctx, user), rolesByUser, user.id);
    return [...new Set(roles.flatMap((role) => role.capabilities))];
  }
}

async function maySee(ctx: AnyContext, user: User): Promise<boolean> {
  if (!ctx.viewer || ctx.viewer.user.id === user.id) return true;
  return (await ownRights({ ...ctx, viewer: ctx.viewer })).has('MANAGE_USERS');
}

const signingIn = new WeakMap<AnyContext, Context>();

/** The answer to a sign-in is read by the user who has just come in; there is no other user in it. */
function asViewer(ctx: AnyContext, user: User): Context {
  const known = signingIn.get(ctx) ?? { ...ctx, viewer: ctx.viewer ?? { user, roleIds: [] } };
  signingIn.set(ctx, known);
  return known;
}
