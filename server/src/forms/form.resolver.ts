import { Args, Context as Ctx, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { usersById } from '../access/list-users.ts';
import { RoleFieldAccess } from '../access/role.ts';
import { User } from '../access/user.ts';
import type { Context } from '../access/viewer.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';
import { limits } from '../platform/limits.ts';
import { loadBatched } from '../platform/loading.ts';
import { pageSize } from '../platform/page-size.ts';
import { deleteForm } from './delete-form.ts';
import { accessForRole, layoutForRole } from './form-for-role.ts';
import { Form, FormInput, FormVersion } from './form.ts';
import { shownSettings } from './form-settings.ts';
import {
  changedForms,
  closedForms,
  draftsOf,
  getForm,
  knownVersions,
  listForms,
  listFormVersions,
  publishedVersions,
} from './list-forms.ts';
import { publishForm } from './publish-form.ts';
import { restoreFormVersion } from './restore-form-version.ts';
import { saveForm } from './save-form.ts';
import { setFormPublic } from './set-form-public.ts';

const restrictedWords = {
  'zh-CN': '表单用到了您无权查看的字段',
  en: 'It places or reads a field that you may not see',
} as const;

/** Forms over GraphQL; what was answered by them is added where customers are known. */
@Resolver(() => Form)
export class FormResolver {
  @Query(() => [Form])
  forms(@Ctx() ctx: Context) {
    return listForms(ctx);
  }

  @Query(() => Form, { nullable: true })
  form(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return getForm(ctx, id);
  }

  @Mutation(() => Form, { description: 'Saves the draft; what is filled stays as it was published.' })
  saveForm(@Ctx() ctx: Context, @Args('input') input: FormInput) {
    return saveForm(ctx, input);
  }

  @Mutation(() => Form, { description: 'From now on the form is filled as its draft stands.' })
  publishForm(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return publishForm(ctx, id);
  }

  @Mutation(() => Form, { description: 'Gives a new link that anybody may fill the form by, or takes it away.' })
  setFormPublic(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID }) id: string,
    @Args('public', { type: () => Boolean }) isPublic: boolean,
  ) {
    return setFormPublic(ctx, id, isPublic);
  }

  @Mutation(() => Form, { description: 'What was published under a number becomes the draft again.' })
  restoreFormVersion(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID }) id: string,
    @Args('number', { type: () => Int }) number: number,
  ) {
    return restoreFormVersion(ctx, id, number);
  }

  @Mutation(() => Boolean, { description: 'Customers and answers stay.' })
  deleteForm(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return deleteForm(ctx, id);
  }

  @ResolveField(() => JsonScalar, {
    description: 'The draft, without what the viewer may not know; to who does not design, what is published.',
  })
  async layout(@Parent() form: Form, @Ctx() ctx: Context): Promise<unknown> {
    return (await loadBatched(ctx, draftsOf, form)).layout;
  }

  @ResolveField(() => JsonScalar, { description: 'Of a password only that there is one: true.' })
  async settings(@Parent() form: Form, @Ctx() ctx: Context): Promise<unknown> {
    return shownSettings((await loadBatched(ctx, draftsOf, form)).settings);
  }

  @ResolveField(() => FormVersion, { nullable: true })
  published(@Parent() form: Form, @Ctx() ctx: Context) {
    return loadBatched(ctx, publishedVersions, form);
  }

  @ResolveField(() => [FormVersion], { description: 'Newest first; empty without MANAGE_FORMS.' })
  versions(
    @Parent() { id }: Form,
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
  ): Promise<FormVersion[]> {
    return listFormVersions(ctx, id, pageSize(first, limits.historyPage));
  }

  @ResolveField(() => String, { nullable: true, description: 'Why the signed-in user may not change it, if so.' })
  async restricted(@Parent() form: Form, @Ctx() ctx: Context): Promise<string | null> {
    return (await loadBatched(ctx, closedForms, form)) ? restrictedWords[ctx.locale] : null;
  }

  @ResolveField(() => Boolean, {
    description: 'Whether what is published would be another if the draft were published; false without MANAGE_FORMS.',
  })
  changed(@Parent() form: Form, @Ctx() ctx: Context): Promise<boolean> {
    return loadBatched(ctx, changedForms, form);
  }

  @ResolveField(() => JsonScalar, {
    description:
      'The layout as somebody with this role alone fills it, as far as the viewer may know it. Needs MANAGE_ROLES.',
  })
  layoutFor(
    @Parent() form: Form,
    @Ctx() ctx: Context,
    @Args('roleId', { type: () => ID }) roleId: string,
  ): Promise<unknown> {
    return layoutForRole(ctx, form, roleId);
  }

  @ResolveField(() => [RoleFieldAccess], {
    description: 'What this role alone may do with each field that the layout places. Needs MANAGE_ROLES.',
  })
  accessFor(
    @Parent() form: Form,
    @Ctx() ctx: Context,
    @Args('roleId', { type: () => ID }) roleId: string,
  ): Promise<RoleFieldAccess[]> {
    return accessForRole(ctx, form, roleId);
  }
}

/** What was published of a form. */
@Resolver(() => FormVersion)
export class FormVersionResolver {
  @ResolveField(() => JsonScalar)
  async layout(@Parent() version: FormVersion, @Ctx() ctx: Context): Promise<unknown> {
    return (await loadBatched(ctx, knownVersions, version)).layout;
  }

  @ResolveField(() => JsonScalar)
  async settings(@Parent() version: FormVersion, @Ctx() ctx: Context): Promise<unknown> {
    return shownSettings((await loadBatched(ctx, knownVersions, version)).settings);
  }

  @ResolveField(() => User, { nullable: true })
  publishedBy(@Parent() { publishedBy }: FormVersion, @Ctx() ctx: Context) {
    return publishedBy === null ? null : loadBatched(ctx, usersById, publishedBy);
  }
}
