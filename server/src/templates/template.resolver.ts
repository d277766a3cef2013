import { Args, Context as Ctx, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';
import { applyTemplate } from './apply-template.ts';
import { listTemplates } from './list-templates.ts';
import { Template } from './template.ts';

/** Templates over GraphQL. */
@Resolver()
export class TemplateResolver {
  @Query(() => [Template], { description: 'What a business of one trade may begin with.' })
  templates(@Ctx() ctx: Context) {
    return listTemplates(ctx);
  }

  @Mutation(() => JsonScalar, {
    description:
      'Makes its fields, its form and its segments, or nothing; existing keys are kept and reported: {fields: [{of, key, made}], form: {id, name, made}, segments: [{key, id, made}]}. A field whose key is taken by one of another type gets another key.',
  })
  applyTemplate(@Ctx() ctx: Context, @Args('key', { type: () => ID }) key: string) {
    return applyTemplate(ctx, key);
  }
}
