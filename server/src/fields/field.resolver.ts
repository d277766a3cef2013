import { Args, Context as Ctx, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { fieldTypes, labelOf, type Json, type ValueType } from '@kequn/rules';
import { FieldAccess } from '../access/role.ts';
import type { Context } from '../access/viewer.ts';
import { JsonScalar, RuleScalar } from '../platform/graphql/scalars.ts';
import { loadBatched } from '../platform/loading.ts';
import { archiveField } from './archive-field.ts';
import { Field, FieldOption, FieldTypeEnum, shownType, Usage, ValueTypeEnum } from './field.ts';
import { accessToFields, listFields, usagesByField, visibleFormulas, visibleValidations } from './list-fields.ts';
import { orderFields } from './order-fields.ts';
import { valueTaken } from './value-taken.ts';

/** Fields over GraphQL. */
@Resolver(() => Field)
export class FieldResolver {
  @Query(() => [Field])
  fields(
    @Ctx() ctx: Context,
    @Args('includeArchived', { type: () => Boolean, defaultValue: false, nullable: true })
    includeArchived: boolean | null,
  ) {
    return listFields(ctx, includeArchived ?? false);
  }

  @Mutation(() => Field, { description: 'IN_USE while an active segment or the rule of a live field reads it.' })
  archiveField(@Ctx() ctx: Context, @Args('key', { type: () => ID }) key: string) {
    return archiveField(ctx, key);
  }

  @Mutation(() => [Field], { description: 'Puts fields into this order; those not named keep theirs behind them.' })
  orderFields(@Ctx() ctx: Context, @Args('keys', { type: () => [ID] }) keys: string[]) {
    return orderFields(ctx, keys);
  }

  @Query(() => Boolean, {
    description: 'Whether another customer has this value of a unique field. Needs the right to read it.',
  })
  valueTaken(
    @Ctx() ctx: Context,
    @Args('fieldKey', { type: () => ID }) fieldKey: string,
    @Args('value', { type: () => JsonScalar }) value: Json,
    @Args('exceptCustomerId', { type: () => ID, nullable: true }) exceptCustomerId?: string | null,
  ) {
    return valueTaken(ctx, { fieldKey, value, exceptCustomerId: exceptCustomerId ?? null });
  }

  @ResolveField(() => JsonScalar, {
    description:
      'min, max, minLength, maxLength, pattern (RE2), decimals, country (of phone numbers without a calling code), rule (a Rule over the customer that must hold) and message.',
  })
  validation(@Parent() field: Field, @Ctx() ctx: Context) {
    // Most have no rule, and show what they ask to everybody.
    return field.validation.rule === undefined ? field.validation : loadBatched(ctx, visibleValidations, field);
  }

  @ResolveField(() => String)
  label(@Parent() field: Field, @Ctx() ctx: Context): string {
    return labelOf(field, ctx.locale);
  }

  @ResolveField(() => FieldTypeEnum)
  type(@Parent() field: Field) {
    return shownType(field);
  }

  @ResolveField(() => RuleScalar, {
    nullable: true,
    description:
      'Of a FORMULA: the Rule that computes it; null to whom it is not open, and until everybody has values of it.',
  })
  formula(@Parent() field: Field, @Ctx() ctx: Context) {
    return field.formula === null ? null : loadBatched(ctx, visibleFormulas, field);
  }

  @ResolveField(() => ValueTypeEnum, { description: 'What rules see of its values.' })
  valueType(@Parent() field: Field): ValueType {
    return fieldTypes[field.type].valueType;
  }

  @ResolveField(() => [FieldOption])
  options(@Parent() field: Field, @Ctx() ctx: Context): FieldOption[] {
    return field.options.map((option) => ({ ...option, label: labelOf(option, ctx.locale) }));
  }

  @ResolveField(() => FieldAccess, {
    description: 'What the signed-in user may do with it; a HIDDEN field is not listed at all.',
  })
  access(@Parent() field: Field, @Ctx() ctx: Context) {
    return loadBatched(ctx, accessToFields, field);
  }

  @ResolveField(() => [Usage], { description: 'Segments and rules of other fields that refer to it.' })
  usedBy(@Parent() field: Field, @Ctx() ctx: Context) {
    return loadBatched(ctx, usagesByField, field.key);
  }
}
