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
import type { Json, Locale } from '@kequn/rules';
import type { RequestContext } from '../platform/context.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';
import { limits } from '../platform/limits.ts';
import { pageSize } from '../platform/page-size.ts';
import { cancelJob } from './cancel-job.ts';
import { Job } from './job.ts';
import { getJob, listJobs } from './own-jobs.ts';
import { retryJob } from './retry-job.ts';
import { watchJob } from './watch-job.ts';

/** Long work over GraphQL: everybody sees what they started themselves. */
@Resolver(() => Job)
export class JobResolver {
  @Query(() => Job, { nullable: true })
  job(@Ctx() ctx: RequestContext, @Args('id', { type: () => ID }) id: string) {
    return getJob(ctx, id);
  }

  @Query(() => [Job], { description: 'Those that the signed-in user started, newest first.' })
  jobs(
    @Ctx() ctx: RequestContext,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 20 }) first: number | null,
  ) {
    return listJobs(ctx, pageSize(first, limits.page));
  }

  @Mutation(() => Job, { description: 'What it has done stays.' })
  cancelJob(@Ctx() ctx: RequestContext, @Args('id', { type: () => ID }) id: string) {
    return cancelJob(ctx, id);
  }

  @Mutation(() => Job, { description: 'One that failed or was cancelled goes on from where it ended.' })
  retryJob(@Ctx() ctx: RequestContext, @Args('id', { type: () => ID }) id: string) {
    return retryJob(ctx, id);
  }

  @Subscription(() => Job, {
    name: 'job',
    description: 'The job as it is and whenever it has come further, until it has ended.',
    resolve: (job: Job) => job,
  })
  watchJob(@Ctx() ctx: RequestContext, @Args('id', { type: () => ID }) id: string) {
    return watchJob(ctx, id);
  }

  @ResolveField(() => Boolean, { description: 'Whether the signed-in user may cancel it, and it can be.' })
  cancellable(@Parent() { ownerId, decided, status }: Job, @Ctx() { actorId }: RequestContext): boolean {
    return ownerId === actorId && !decided && (status === 'QUEUED' || status === 'RUNNING');
  }

  @ResolveField(() => JsonScalar, { nullable: true })
  result(@Parent() job: Job, @Ctx() ctx: RequestContext): Json {
    return inLanguage(job.result as Json, ctx.locale);
  }

  @ResolveField(() => String, { nullable: true })
  error(@Parent() job: Job, @Ctx() ctx: RequestContext): string | null {
    return job.error?.[ctx.locale] ?? null;
  }
}

/** A stored result with its sentences in the reader's language. */
function inLanguage(value: Json, locale: Locale): Json {
  if (Array.isArray(value)) return value.map((each) => inLanguage(each, locale));
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Readonly<Record<string, Json>>;
  if ('zh-CN' in object && 'en' in object) return object[locale]!;
  return Object.fromEntries(Object.entries(object).map(([key, each]) => [key, inLanguage(each, locale)]));
}
