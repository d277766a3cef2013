import { Args, Context as Ctx, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { usersById } from '../access/list-users.ts';
import { User } from '../access/user.ts';
import type { Context } from '../access/viewer.ts';
import { Field, FieldInput, FieldOptionInput, FieldTypeEnum } from '../fields/field.ts';
import { Job } from '../jobs/job.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';
import { loadBatched } from '../platform/loading.ts';
import { afterFormula } from '../segments/after-formula.ts';
import { Conversion, ConversionPreview, SetAsideValue } from './conversion.ts';
import { shownConversion, shownPreview } from './shown-conversion.ts';
import { listConversions, listSetAside } from './list-conversions.ts';
import { previewConversion } from './preview-conversion.ts';
import { replaceOption } from './replace-option.ts';
import { undoConversion } from './undo-conversion.ts';
import { changeField } from './change-field.ts';

/** Changes of what fields are, over GraphQL. */
@Resolver(() => Conversion)
export class ConversionResolver {
  @Mutation(() => Field, {
    description:
      'What is not given stays. Another type converts the values; those that do not convert stand in the way unless force sets them aside. options replaces the list: one left out is archived while a customer has it, else removed. Of another formula as createField: until Field.job ends the field is computed by the one before, and of another type among many customers it is what it was.',
  })
  async updateField(
    @Ctx() ctx: Context,
    @Args('key', { type: () => ID }) key: string,
    @Args('input') input: FieldInput,
    @Args('version', { type: () => Int, nullable: true }) version: number | null,
    @Args('force', { type: () => Boolean, defaultValue: false, nullable: true }) force: boolean | null,
    @Args('wait', { type: () => Boolean, defaultValue: true, nullable: true }) wait: boolean | null,
  ) {
    const changed = await changeField(ctx, key, { ...input, version }, { force: force ?? false });
    return afterFormula(ctx, changed, wait ?? true);
  }

  @Query(() => ConversionPreview, {
    description: 'What another type would do to the values of a field. Needs a role that reads it of every customer.',
  })
  async previewConversion(
    @Ctx() ctx: Context,
    @Args('key', { type: () => ID }) key: string,
    @Args('type', { type: () => FieldTypeEnum }) type: NonNullable<FieldInput['type']>,
    @Args('options', { type: () => [FieldOptionInput], nullable: true }) options: FieldOptionInput[] | null,
    @Args('validation', { type: () => JsonScalar, nullable: true }) validation: unknown,
  ) {
    const input = { type, options, ...(validation !== null && { validation }) };
    return shownPreview(await previewConversion(ctx, key, input), ctx.locale);
  }

  @Query(() => [Conversion], { description: 'The changes of type of a field, the last one first.' })
  async conversions(@Ctx() ctx: Context, @Args('key', { type: () => ID }) key: string) {
    return (await listConversions(ctx, key)).map(shownConversion);
  }

  @Mutation(() => Field, {
    description:
      'IN_USE while a rule would be none any more. Among many customers by Field.job; wait: false does not wait for it.',
  })
  async undoConversion(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID }) id: string,
    @Args('wait', { type: () => Boolean, defaultValue: true, nullable: true }) wait: boolean | null,
  ) {
    return afterFormula(ctx, await undoConversion(ctx, id), wait ?? true);
  }

  @Mutation(() => Job, {
    description:
      'Gives the customers who have an option another one, or none, and removes it. IN_USE while a rule names the option.',
  })
  replaceOption(
    @Ctx() ctx: Context,
    @Args('key', { type: () => ID }) key: string,
    @Args('option', { type: () => ID }) option: string,
    @Args('with', { type: () => ID, nullable: true }) into: string | null,
  ) {
    return replaceOption(ctx, { key, option, into: into ?? null });
  }

  @ResolveField(() => User, { nullable: true })
  by(@Parent() { by }: Conversion, @Ctx() ctx: Context) {
    return by === null ? null : loadBatched(ctx, usersById, by);
  }

  @ResolveField(() => [SetAsideValue], { description: 'In the order of customers; after: the last one known.' })
  setAsideValues(
    @Parent() { id }: Conversion,
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, defaultValue: 100, nullable: true }) first: number | null,
    @Args('after', { type: () => ID, nullable: true }) after: string | null,
  ) {
    return listSetAside(ctx, { conversionId: id, first: first ?? 100, after: after ?? null });
  }
}
