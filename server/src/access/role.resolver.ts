import { Args, Context as Ctx, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { RuleScalar } from '../platform/graphql/scalars.ts';
import { loadBatched } from '../platform/loading.ts';
import type { KnownRole } from './gate.ts';
import { listRoles, openRole } from './list-roles.ts';
import { FieldAccess, FieldAccessInput, Role, RoleFieldAccess } from './role.ts';
import { setFieldAccess } from './set-field-access.ts';
import type { AnyContext, Context } from './viewer.ts';

/** Roles over GraphQL. What of a role tells what is hidden is for those who manage roles. */
@Resolver(() => Role)
export class RoleResolver {
  @Query(() => [Role])
  roles(@Ctx() ctx: Context) {
    return listRoles(ctx);
  }

  @Mutation(() => Role, {
    description:
      'Sets these; fields not named keep what they have; access null: back to the default access. Gives no more than one has.',
  })
  setFieldAccess(
    @Ctx() ctx: Context,
    @Args('roleId', { type: () => ID }) roleId: string,
    @Args('entries', { type: () => [FieldAccessInput] }) entries: FieldAccessInput[],
    @Args('version', { type: () => Int, nullable: true }) version: number | null,
  ) {
    return setFieldAccess(ctx, roleId, version, entries);
  }

  @ResolveField(() => FieldAccess, {
    nullable: true,
    description: 'What a field not listed gets; null without MANAGE_ROLES.',
  })
  async defaultAccess(@Parent() role: Role, @Ctx() ctx: AnyContext): Promise<FieldAccess | null> {
    return (await open(ctx, role))?.role.defaultAccess ?? null;
  }

  @ResolveField(() => [RoleFieldAccess], { description: 'Empty without MANAGE_ROLES.' })
  async fieldAccess(@Parent() role: Role, @Ctx() ctx: AnyContext) {
    const entries = (await open(ctx, role))?.entries ?? [];
    return [...entries].map(([fieldKey, access]) => ({ fieldKey, access }));
  }

  @ResolveField(() => RuleScalar, {
    nullable: true,
    description: 'Which customers the role sees; null: all, and without MANAGE_ROLES.',
  })
  async rowScope(@Parent() role: Role, @Ctx() ctx: AnyContext): Promise<unknown> {
    return (await open(ctx, role))?.role.rowScope ?? null;
  }

  @ResolveField(() => Boolean, {
    nullable: true,
    description: 'Whether its users may let a customer out of its scope; null without MANAGE_ROLES.',
  })
  async mayLeaveScope(@Parent() role: Role, @Ctx() ctx: AnyContext): Promise<boolean | null> {
    return (await open(ctx, role))?.role.mayLeaveScope ?? null;
  }
}

/** The whole role, where it is open to who asks. */
async function open(ctx: AnyContext, { id }: Role): Promise<KnownRole | undefined> {
  return isSignedIn(ctx) ? loadBatched(ctx, openRole, id) : undefined;
}

function isSignedIn(ctx: AnyContext): ctx is AnyContext & Context {
  return ctx.viewer !== null;
}
