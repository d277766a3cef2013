import { Args, Context as Ctx, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { noteRead } from '../access-log/note-reads.ts';
import { usersById } from '../access/list-users.ts';
import { User } from '../access/user.ts';
import type { Context } from '../access/viewer.ts';
import { Customer } from '../customers/customer.ts';
import { customersById } from '../customers/list-customers.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';
import { loadBatched } from '../platform/loading.ts';
import { answerDistribution, answerDistributions } from './answer-distribution.ts';
import { AnswerMatchInput } from './answer-match.ts';
import { bringBackReview } from './bring-back-review.ts';
import { dismissReview } from './dismiss-review.ts';
import { listReviews, listSubmissions } from './list-submissions.ts';
import { matchesOf } from './matches.ts';
import { resolveReview } from './resolve-review.ts';
import { AnswerDistribution, Submission, SubmissionConnection } from './submission.ts';

/** Answers to forms over GraphQL. */
@Resolver(() => Submission)
export class SubmissionResolver {
  @Query(() => SubmissionConnection, {
    description:
      'Newest first. An answer is seen by who sees its customer; one of nobody yet by roles that see everybody and read what it was matched by.',
  })
  submissions(
    @Ctx() ctx: Context,
    @Args('formId', { type: () => ID }) formId: string,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
    @Args('matching', { type: () => AnswerMatchInput, nullable: true }) matching?: AnswerMatchInput | null,
  ) {
    return listSubmissions(ctx, { formId, first, after, matching });
  }

  @Query(() => SubmissionConnection, {
    description:
      'Answers to public forms that may be of an existing customer and wait for somebody to decide, newest first; dismissed: those that were put aside.',
  })
  reviews(
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
    @Args('dismissed', { type: () => Boolean, defaultValue: false }) dismissed?: boolean,
  ) {
    return listReviews(ctx, { first, after }, dismissed);
  }

  @Query(() => AnswerDistribution, {
    description:
      'What was answered to one question, over the answers that the viewer may see. Of a sensitive field nothing that fewer than ten answers stand behind.',
  })
  answerDistribution(
    @Ctx() ctx: Context,
    @Args('formId', { type: () => ID }) formId: string,
    @Args('fieldKey', { type: () => ID }) fieldKey: string,
    @Args('matching', { type: () => AnswerMatchInput, nullable: true }) matching?: AnswerMatchInput | null,
  ) {
    return answerDistribution(ctx, fieldKey, { formId, matching });
  }

  @Query(() => [AnswerDistribution], {
    description: 'The same of several questions at once, in the order of their keys.',
  })
  answerDistributions(
    @Ctx() ctx: Context,
    @Args('formId', { type: () => ID }) formId: string,
    @Args('fieldKeys', { type: () => [ID] }) fieldKeys: string[],
    @Args('matching', { type: () => AnswerMatchInput, nullable: true }) matching?: AnswerMatchInput | null,
  ) {
    return answerDistributions(ctx, { formId, fieldKeys, matching });
  }

  @Mutation(() => Customer, {
    description:
      'Whose an answer is that waits: of the customer, or without one of a new one. fields: those whose answers are taken, all if not given; what was left empty empties nothing. version: of the customer that was read, or the answer is CONFLICT.',
  })
  resolveReview(
    @Ctx() ctx: Context,
    @Args('submissionId', { type: () => ID }) submissionId: string,
    @Args('customerId', { type: () => ID, nullable: true }) customerId?: string | null,
    @Args('fields', { type: () => [ID], nullable: true }) fields?: string[] | null,
    @Args('version', { type: () => Int, nullable: true }) version?: number | null,
  ) {
    return resolveReview(ctx, { submissionId, customerId, fields, version });
  }

  @Mutation(() => Boolean, { description: 'Puts an answer aside that waits: nothing becomes of it.' })
  dismissReview(@Ctx() ctx: Context, @Args('submissionId', { type: () => ID }) submissionId: string) {
    return dismissReview(ctx, submissionId);
  }

  @Mutation(() => Boolean, { description: 'Lets an answer wait again that was put aside.' })
  bringBackReview(@Ctx() ctx: Context, @Args('submissionId', { type: () => ID }) submissionId: string) {
    return bringBackReview(ctx, submissionId);
  }

  @ResolveField(() => JsonScalar, {
    description:
      'By the key of the fields that were asked for; hidden ones are absent, masked ones are masked, what was left empty or not shown is null.',
  })
  async values(@Parent() { values, reads }: Submission, @Ctx() ctx: Context) {
    await Promise.all(reads.map((each) => noteRead(ctx, each)));
    return values;
  }

  @ResolveField(() => User, { nullable: true, description: 'Null: anybody, by a public form.' })
  submittedBy(@Parent() { submittedBy }: Submission, @Ctx() ctx: Context) {
    return submittedBy === null ? null : loadBatched(ctx, usersById, submittedBy);
  }

  @ResolveField(() => Customer, { nullable: true })
  customer(@Parent() { customerId }: Submission, @Ctx() ctx: Context) {
    return customerId === null ? null : loadBatched(ctx, customersById, customerId);
  }

  @ResolveField(() => [Customer], { description: 'Whom it may be of, where it waits for a review.' })
  matches(@Parent() submission: Submission, @Ctx() ctx: Context) {
    return loadBatched(ctx, matchesOf, submission);
  }
}

/** How many there are, counted only when it is asked for. */
@Resolver(() => SubmissionConnection)
export class SubmissionConnectionResolver {
  @ResolveField(() => Int)
  totalCount(@Parent() connection: SubmissionConnection) {
    return connection.count();
  }
}
