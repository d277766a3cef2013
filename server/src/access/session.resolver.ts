import { Args, Context as Ctx, ID, Mutation, Resolver } from '@nestjs/graphql';
import { changePassword } from './change-password.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { Session } from './session.ts';
import { ForAnybody, ForReaders } from './signed-in.guard.ts';
import { viewAs } from './view-as.ts';
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

  @ForReaders()
  @Mutation(() => Boolean)
  logout(@Ctx() ctx: AnyContext) {
    return logout(ctx);
  }

  @Mutation(() => Session, { description: 'A real read-only session of that role, for an hour. Needs MANAGE_ROLES.' })
  viewAs(@Ctx() ctx: Context, @Args('roleId', { type: () => ID }) roleId: string) {
    return viewAs(ctx, roleId);
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
