import { Field as Exposed, InputType } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { askedNow } from '../fields/asked-now.ts';
import { checkedQuestionOf } from '../fields/check-rule.ts';
import { checkedSearch } from '../fields/customer-search.ts';
import type { SubmissionStatus } from '../forms/record-submission.ts';
import type { Transactional } from '../platform/context.ts';
import { RuleScalar } from '../platform/graphql/scalars.ts';
import { keysEverAsked } from './answered-versions.ts';
import { SubmissionStatusEnum } from './submission.ts';
import type { AnswerQuery } from './visible-answers.ts';

/** Answers to a form by what they match; nothing given: all. */
@InputType()
export class AnswerMatchInput {
  @Exposed(() => RuleScalar, { nullable: true, description: 'Over the fields that the form asks for or asked for.' })
  filter?: unknown;
  @Exposed(() => String, { nullable: true }) search?: string | null;
  @Exposed(() => Date, { nullable: true, description: 'Sent from then on.' }) from?: string | null;
  @Exposed(() => Date, { nullable: true, description: 'Sent before.' }) to?: string | null;
  @Exposed(() => [SubmissionStatusEnum], { nullable: true }) statuses?: SubmissionStatus[] | null;
}

/**
 * The answers to a form that match, as the viewer may ask for them now.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN, LIMIT_EXCEEDED, VALIDATION_FAILED.
 */
export async function matchingQuery(
  tx: Transactional<Context>,
  formId: string,
  { filter, search, from, to, statuses }: AnswerMatchInput,
): Promise<AnswerQuery> {
  const isAsking = filter !== undefined && filter !== null;
  const keys = isAsking ? await keysEverAsked(tx, formId) : new Set<string>();
  return {
    formId,
    filter: isAsking ? await askedNow(tx, await checkedQuestionOf(tx, filter, keys)) : undefined,
    search: await checkedSearch(tx, search),
    from: from ?? undefined,
    to: to ?? undefined,
    statuses: statuses ?? undefined,
  };
}
