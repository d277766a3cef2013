import { Args, Context as Ctx, ID, Mutation, Resolver } from '@nestjs/graphql';
import { deleteRole } from '../access/delete-role.ts';
import { Role, RoleInput } from '../access/role.ts';
import { saveRole } from '../access/save-role.ts';
import type { Context } from '../access/viewer.ts';
import { keepScope } from './row-scopes.ts';

/** Changes of roles over GraphQL: the scope of a role is a rule over fields. */
@Resolver(() => Role)
export class RoleChangesResolver {
  @Mutation(() => Role, {
    description: 'Creates without id; with id, version is required. Gives nothing that one does not have oneself.',
  })
  saveRole(@Ctx() ctx: Context, @Args('input') input: RoleInput) {
    return saveRole(ctx, input, keepScope);
  }

  @Mutation(() => Boolean, { description: 'IN_USE while a user has it.' })
  deleteRole(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return deleteRole(ctx, id, keepScope);
  }
}
