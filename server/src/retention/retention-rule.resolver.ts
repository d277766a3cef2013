import { Args, Context as Ctx, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { usersById } from '../access/list-users.ts';
import { User } from '../access/user.ts';
import type { Context } from '../access/viewer.ts';
import { Job } from '../jobs/job.ts';
import { RuleScalar } from '../platform/graphql/scalars.ts';
import { loadBatched } from '../platform/loading.ts';
import { ruleSentence } from '../segments/say-rule.ts';
import { activateRetentionRule } from './activate-retention-rule.ts';
import { deleteRetentionRule } from './delete-retention-rule.ts';
import { erasedByRuns, listRetentionRules, ownJobsUnderWay, restrictedRules } from './list-retention-rules.ts';
import { pauseRetentionRule } from './pause-retention-rule.ts';
import { nextRunOf, RetentionRule, RetentionRuleInput } from './retention-rule.ts';
import { runRetentionRule } from './run-retention-rule.ts';
import { saveRetentionRule } from './save-retention-rule.ts';

const restrictedWords = {
  'zh-CN': '规则用到了您无权查看的字段',
  en: 'Its rule reads a field that you may not read',
} as const;

/** Retention rules over GraphQL, for who may erase customers. */
@Resolver(() => RetentionRule)
export class RetentionRuleResolver {
  @Query(() => [RetentionRule], { description: 'Newest first. Needs ERASE_CUSTOMERS.' })
  retentionRules(@Ctx() ctx: Context) {
    return listRetentionRules(ctx);
  }

  @Mutation(() => RetentionRule, {
    description: 'Creates without id; not active until activated. Another rule pauses an active one.',
  })
  saveRetentionRule(@Ctx() ctx: Context, @Args('input') input: RetentionRuleInput) {
    return saveRetentionRule(ctx, input);
  }

  @Mutation(() => RetentionRule, {
    description: 'From now on it erases once a day, by the rights that the signed-in user has by then.',
  })
  activateRetentionRule(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ) {
    return activateRetentionRule(ctx, id, version);
  }

  @Mutation(() => RetentionRule, { description: 'A run that is under way ends after its step.' })
  pauseRetentionRule(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return pauseRetentionRule(ctx, id);
  }

  @Mutation(() => Boolean)
  deleteRetentionRule(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return deleteRetentionRule(ctx, id);
  }

  @Mutation(() => Job, { description: 'Erases at once, by the rights of the signed-in user; of an active rule.' })
  runRetentionRule(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return runRetentionRule(ctx, id);
  }

  @ResolveField(() => User, { nullable: true, description: 'By whose rights its runs erase.' })
  activatedBy(@Parent() { activatedBy }: RetentionRule, @Ctx() ctx: Context) {
    return activatedBy === null ? null : loadBatched(ctx, usersById, activatedBy);
  }

  @ResolveField(() => Date, { nullable: true, description: 'Null while it is not active.' })
  nextRunAt(@Parent() rule: RetentionRule): string | null {
    return nextRunOf(rule);
  }

  @ResolveField(() => Int, {
    nullable: true,
    description:
      'How many customers the last run has erased; null when restricted, and of a run of somebody else for who does not see every customer.',
  })
  lastErased(@Parent() rule: RetentionRule, @Ctx() ctx: Context): Promise<number | null> {
    return loadBatched(ctx, erasedByRuns, rule);
  }

  @ResolveField(() => Job, { nullable: true, description: 'The run that is under way, for whoever started it.' })
  job(@Parent() { lastJobId }: RetentionRule, @Ctx() ctx: Context): Promise<Job | null> | null {
    return lastJobId === null ? null : loadBatched(ctx, ownJobsUnderWay, lastJobId);
  }

  @ResolveField(() => RuleScalar, { nullable: true })
  async rule(@Parent() rule: RetentionRule, @Ctx() ctx: Context): Promise<unknown> {
    return (await isRestricted(ctx, rule)) ? null : rule.rule;
  }

  @ResolveField(() => String, { nullable: true, description: "The rule as a sentence in the reader's language." })
  async ruleText(@Parent() rule: RetentionRule, @Ctx() ctx: Context): Promise<string | null> {
    return (await isRestricted(ctx, rule)) ? null : ruleSentence(ctx, rule.rule);
  }

  @ResolveField(() => String, { nullable: true, description: 'Why the signed-in user may not see its rule, if so.' })
  async restricted(@Parent() rule: RetentionRule, @Ctx() ctx: Context): Promise<string | null> {
    return (await isRestricted(ctx, rule)) ? restrictedWords[ctx.locale] : null;
  }

  @ResolveField(() => String, { nullable: true, description: 'Why it was paused by itself, if so.' })
  async problem(@Parent() rule: RetentionRule, @Ctx() ctx: Context): Promise<string | null> {
    return (await isRestricted(ctx, rule)) ? null : (rule.problem?.[ctx.locale] ?? null);
  }
}

function isRestricted(ctx: Context, rule: RetentionRule): Promise<boolean> {
  return loadBatched(ctx, restrictedRules, rule);
}
