import { Args, Context as Ctx, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RoleAccessInput } from '../access/role.ts';
import type { Context } from '../access/viewer.ts';
import { createField } from '../fields/create-field.ts';
import { Field, FieldInput } from '../fields/field.ts';
import { restoreField } from '../fields/restore-field.ts';
import { Job } from '../jobs/job.ts';
import { loadBatched } from '../platform/loading.ts';
import { afterFormula, jobsOfFields } from './after-formula.ts';
import { applyFormula } from './apply-formula.ts';

const waitOption = { type: () => Boolean, defaultValue: true, nullable: true } as const;

/** Making fields and bringing them back over GraphQL: formulas go on to the segments that read them. */
@Resolver(() => Field)
export class FieldChangesResolver {
  @Mutation(() => Field, {
    description:
      'key, type and label are required, of a FORMULA formula too. access: per role, otherwise what the role may do by default. Resolves when its values are right for everybody; wait: false resolves at once, and Field.job tells the rest.',
  })
  async createField(
    @Ctx() ctx: Context,
    @Args('input') input: FieldInput,
    @Args('access', { type: () => [RoleAccessInput], nullable: true }) access: RoleAccessInput[] | null,
    @Args('wait', waitOption) wait: boolean | null,
  ) {
    return afterFormula(ctx, await createField(ctx, { ...input, access }, applyFormula), wait ?? true);
  }

  @Mutation(() => Field)
  async restoreField(
    @Ctx() ctx: Context,
    @Args('key', { type: () => ID }) key: string,
    @Args('wait', waitOption) wait: boolean | null,
  ) {
    return afterFormula(ctx, await restoreField(ctx, key, applyFormula), wait ?? true);
  }

  @ResolveField(() => Job, {
    nullable: true,
    description: 'What is computing it by another formula for everybody, if anything is.',
  })
  job(@Parent() { key }: Field, @Ctx() ctx: Context): Promise<Job | null> {
    return loadBatched(ctx, jobsOfFields, key);
  }
}
