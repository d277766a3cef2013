import { Args, Context as Ctx, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { JsonScalar } from '../platform/graphql/scalars.ts';
import { loadBatched } from '../platform/loading.ts';
import { changePassword } from './change-password.ts';
import { listUsers, ownRights, rolesByUser } from './list-users.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { Capability, FieldAccess, Role } from './role.ts';
import { Session } from './session.ts';
import { ForAnybody } from './signed-in.guard.ts';
import { User } from './user.ts';
import type { AnyContext, Context } from './viewer.ts';

/** Signing in and out over GraphQL. */
@Resolver(() => Session)
export class SessionResolver {
  @ForAnybody()
  @Mutation(() => Session)
  login(
    @Ctx() ctx: AnyContext,
    @Args('email', { type: () => String }) email: string,
    @Args('password', { type: () => String }) password: string,
  ) {
    return login(ctx, email, password);
  }

  @Mutation(() => Boolean)
  logout(@Ctx() ctx: AnyContext) {
    return logout(ctx);
  }

  @Mutation(() => Boolean, { description: 'Ends all sessions.' })
  changePassword(
    @Ctx() ctx: Context,
    @Args('old', { type: () => String }) oldPassword: string,
    @Args('new', { type: () => String }) newPassword: string,
  ) {
    return changePassword(ctx, oldPassword, newPassword);
  }
}

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

/** What of a role tells what is hidden is for those who manage roles. */
@Resolver(() => Role)
export class RoleResolver {
  @ResolveField(() => FieldAccess, {
    nullable: true,
    description: 'What a field not listed gets; null without MANAGE_ROLES.',
  })
  async defaultAccess(@Parent() role: Role, @Ctx() ctx: AnyContext): Promise<FieldAccess | null> {
    return (await managesRoles(ctx)) ? role.defaultAccess : null;
  }
}

async function maySee(ctx: AnyContext, user: User): Promise<boolean> {
  if (!ctx.viewer || ctx.viewer.user.id === user.id) return true;
  return (await ownRights({ ...ctx, viewer: ctx.viewer })).has('MANAGE_USERS');
}

async function managesRoles(ctx: AnyContext): Promise<boolean> {
  return ctx.viewer !== null && (await ownRights({ ...ctx, viewer: ctx.viewer })).has('MANAGE_ROLES');
}

const signingIn = new WeakMap<AnyContext, Context>();

/** The answer to a sign-in is read by the user who has just come in; there is no other user in it. */
function asViewer(ctx: AnyContext, user: User): Context {
  const known = signingIn.get(ctx) ?? { ...ctx, viewer: ctx.viewer ?? { user, roleIds: [] } };
  signingIn.set(ctx, known);
  return known;
}
