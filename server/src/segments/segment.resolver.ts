import {
  Args,
  Context as Ctx,
  ID,
  Int,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import { rolesById } from '../access/list-roles.ts';
import { FieldAccessInput, Role, SegmentShare } from '../access/role.ts';
import { User } from '../access/user.ts';
import { usersById } from '../access/list-users.ts';
import type { Context } from '../access/viewer.ts';
import { Job } from '../jobs/job.ts';
import { RuleScalar } from '../platform/graphql/scalars.ts';
import { limits } from '../platform/limits.ts';
import { loadBatched } from '../platform/loading.ts';
import { pageSize } from '../platform/page-size.ts';
import { AccessEffects, accessEffects } from './access-effects.ts';
import { activateSegment } from './activate-segment.ts';
import { deleteSegment } from './delete-segment.ts';
import {
  getSegment,
  jobsOfSegments,
  listSegments,
  listVersions,
  memberCounts,
  closedMembers,
  closedRules,
} from './list-segments.ts';
import { pauseSegment } from './pause-segment.ts';
import { restoreSegmentVersion } from './restore-segment-version.ts';
import { lapsedShares, sharesBySegment } from './list-shares.ts';
import { shareSegment } from './share-segment.ts';
import { saveSegment } from './save-segment.ts';
import { ruleSentence } from './say-rule.ts';
import { Segment, SegmentInput, SegmentVersion } from './segment.ts';
import { watchCounts } from './watch-counts.ts';

const restrictedWords = {
  'zh-CN': '规则用到了您无权查看的字段',
  en: 'Its rule reads a field that you may not read',
} as const;
const sharedWords = {
  'zh-CN': '已共享给您：可以看到成员，规则用到了您无权查看的字段',
  en: 'Shared with you: you see its members; its rule reads a field that you may not read',
} as const;

/** Segments over GraphQL; their members are added where customers are known. */
@Resolver(() => Segment)
export class SegmentResolver {
  @Query(() => [Segment])
  segments(@Ctx() ctx: Context) {
    return listSegments(ctx);
  }

  @Query(() => Segment, { nullable: true })
  segment(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return getSegment(ctx, id);
  }

  @Mutation(() => Segment, {
    description:
      'Creates without id; a draft until activated. Saving the rule of an active segment re-evaluates everybody and resolves when membership is right for everybody; wait: false resolves at once, and until Segment.job ends members and rule are those of the version before.',
  })
  saveSegment(
    @Ctx() ctx: Context,
    @Args('input') input: SegmentInput,
    @Args('wait', { type: () => Boolean, nullable: true, defaultValue: true }) wait: boolean | null,
  ) {
    return saveSegment(ctx, input, wait !== false);
  }

  @Mutation(() => Segment, { description: "Puts back a version's rule as a new version." })
  restoreSegmentVersion(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID }) id: string,
    @Args('number', { type: () => Int }) number: number,
  ) {
    return restoreSegmentVersion(ctx, id, number);
  }

  @Mutation(() => Segment, {
    description:
      'Resolves when membership is right for everybody; wait: false resolves at once, Segment.job tells the rest.',
  })
  activateSegment(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID }) id: string,
    @Args('wait', { type: () => Boolean, nullable: true, defaultValue: true }) wait: boolean | null,
  ) {
    return activateSegment(ctx, id, wait !== false);
  }

  @Mutation(() => Segment, { description: 'Its members leave.' })
  pauseSegment(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return pauseSegment(ctx, id);
  }

  @Mutation(() => Boolean, { description: 'History keeps its key and name.' })
  deleteSegment(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return deleteSegment(ctx, id);
  }

  @Query(() => AccessEffects, {
    description:
      'What setting this access of a role would do to the segments that it sees, without doing it. Needs MANAGE_ROLES.',
  })
  accessEffects(
    @Ctx() ctx: Context,
    @Args('roleId', { type: () => ID }) roleId: string,
    @Args('entries', { type: () => [FieldAccessInput] }) entries: FieldAccessInput[],
  ) {
    return accessEffects(ctx, roleId, entries);
  }

  @Mutation(() => Segment, {
    description:
      'Shares a restricted segment with exactly these roles: its members are open to them, its rule stays withheld. Once the rule reads more, it has to be shared again.',
  })
  shareSegment(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID }) id: string,
    @Args('roleIds', { type: () => [ID] }) roleIds: string[],
  ) {
    return shareSegment(ctx, id, roleIds);
  }

  @Subscription(() => Segment, {
    description: 'Segments that customers have just come into or gone out of.',
    resolve: (segment: Segment) => segment,
  })
  segmentCounts(@Ctx() ctx: Context) {
    return watchCounts(ctx);
  }

  @ResolveField(() => User, { nullable: true, description: 'Who looks after it.' })
  owner(@Parent() { ownerId }: Segment, @Ctx() ctx: Context) {
    return ownerId === null ? null : loadBatched(ctx, usersById, ownerId);
  }

  @ResolveField(() => Job, {
    nullable: true,
    description: 'The evaluation of everybody that is under way, for progress and cancel.',
  })
  job(@Parent() { id }: Segment, @Ctx() ctx: Context): Promise<Job | null> {
    return loadBatched(ctx, jobsOfSegments, id);
  }

  @ResolveField(() => RuleScalar, { nullable: true })
  async rule(@Parent() segment: Segment, @Ctx() ctx: Context): Promise<unknown> {
    return (await isRuleClosed(ctx, segment)) ? null : segment.rule;
  }

  @ResolveField(() => String, { nullable: true, description: "The rule as a sentence in the reader's language." })
  async ruleText(@Parent() segment: Segment, @Ctx() ctx: Context): Promise<string | null> {
    if (segment.rule === null || (await isRuleClosed(ctx, segment))) return null;
    return ruleSentence(ctx, segment.rule);
  }

  @ResolveField(() => Int, { nullable: true, description: 'Null when restricted.' })
  async memberCount(@Parent() segment: Segment, @Ctx() ctx: Context): Promise<number | null> {
    return (await areMembersClosed(ctx, segment)) ? null : loadBatched(ctx, memberCounts, segment.id);
  }

  @ResolveField(() => [SegmentVersion], { description: 'Newest first.' })
  async versions(
    @Parent() segment: Segment,
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
  ): Promise<SegmentVersion[]> {
    const size = pageSize(first, limits.historyPage);
    return (await isRuleClosed(ctx, segment)) ? [] : listVersions(ctx, segment.id, size);
  }

  @ResolveField(() => [SegmentShare], {
    description: 'With which roles it is shared; empty to who may not share it.',
  })
  shares(@Parent() { id }: Segment, @Ctx() ctx: Context) {
    return loadBatched(ctx, sharesBySegment, id);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Why the signed-in user may not see its rule or members, if so.',
  })
  async restricted(@Parent() segment: Segment, @Ctx() ctx: Context): Promise<string | null> {
    if (!(await isRuleClosed(ctx, segment))) return null;
    return ((await areMembersClosed(ctx, segment)) ? restrictedWords : sharedWords)[ctx.locale];
  }

  @ResolveField(() => Boolean, {
    description:
      'Whether its members are open to the viewer though its rule is not: it is shared with a role of theirs.',
  })
  async sharedWithMe(@Parent() segment: Segment, @Ctx() ctx: Context): Promise<boolean> {
    return (await isRuleClosed(ctx, segment)) && !(await areMembersClosed(ctx, segment));
  }

  @ResolveField(() => String, { nullable: true, description: 'Why it was paused by itself, if so.' })
  async problem(@Parent() segment: Segment, @Ctx() ctx: Context): Promise<string | null> {
    return (await isRuleClosed(ctx, segment)) ? null : (segment.problem?.[ctx.locale] ?? null);
  }
}

/** What one is told of a share. */
@Resolver(() => SegmentShare)
export class SegmentShareResolver {
  @ResolveField(() => Role)
  role(@Parent() { roleId }: SegmentShare, @Ctx() ctx: Context) {
    return loadBatched(ctx, rolesById, roleId);
  }

  @ResolveField(() => User, { nullable: true })
  sharedBy(@Parent() { sharedBy }: SegmentShare, @Ctx() ctx: Context) {
    return loadBatched(ctx, usersById, sharedBy);
  }

  @ResolveField(() => Boolean, {
    description: 'It holds no more: the rule reads what it did not when it was shared.',
  })
  lapsed(@Parent() share: SegmentShare, @Ctx() ctx: Context) {
    return loadBatched(ctx, lapsedShares, share);
  }
}

/** Who saved a version. */
@Resolver(() => SegmentVersion)
export class SegmentVersionResolver {
  @ResolveField(() => User, { nullable: true, description: 'Null: the system.' })
  savedBy(@Parent() version: SegmentVersion, @Ctx() ctx: Context) {
    return version.savedBy === null ? null : loadBatched(ctx, usersById, version.savedBy);
  }
}

function isRuleClosed(ctx: Context, { id }: Segment): Promise<boolean> {
  return loadBatched(ctx, closedRules, id);
}

function areMembersClosed(ctx: Context, { id }: Segment): Promise<boolean> {
  return loadBatched(ctx, closedMembers, id);
}
