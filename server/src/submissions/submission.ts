import { Field as Exposed, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Json, Value } from '@kequn/rules';
import type { ReadNote } from '../access-log/note-reads.ts';
import { PageInfo } from '../customers/customer.ts';
import type { SubmissionStatus } from '../forms/record-submission.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';

/** What becomes of answers, as GraphQL has it. */
export const SubmissionStatusEnum = {
  SAVED: 'SAVED',
  REVIEW: 'REVIEW',
  DISMISSED: 'DISMISSED',
} as const satisfies Record<SubmissionStatus, SubmissionStatus>;
registerEnumType(SubmissionStatusEnum, {
  name: 'SubmissionStatus',
  description:
    'What became of an answer: it is of a customer, waits for somebody to say whose it is, or was put aside.',
});

/** An answer as it is stored, with what its form says of it. */
export interface StoredAnswer {
  readonly id: string;
  readonly formId: string;
  readonly formName: string;
  readonly formVersion: number;
  readonly at: string;
  /** Of the fields that were shown, by key. */
  readonly values: Readonly<Record<string, Value>>;
  readonly status: SubmissionStatus;
  readonly customerId: string | null;
  readonly submittedBy: string | null;
  /** While it waits, the customers whom it may be of; of one that was put aside, whom it might have been of. */
  readonly matches: readonly string[];
  readonly consent: Json;
}

/** An answer to a form as a viewer sees it: hidden values are absent from `values`, masked ones masked. */
@ObjectType()
export class Submission {
  @Exposed(() => ID) id: string;
  @Exposed(() => ID) formId: string;
  @Exposed(() => String) formName: string;
  @Exposed(() => Int) formVersion: number;
  @Exposed(() => Date) at: string;
  @Exposed(() => SubmissionStatusEnum) status: SubmissionStatus;
  @Exposed(() => JsonScalar, {
    nullable: true,
    description: 'What was agreed to, as {text, version}; null where nothing was asked for.',
  })
  consent: Json;
  /** By field key; the resolver tells them once it is noted who reads what of whom. */
  values: Record<string, unknown>;
  /** What is to be noted before they are told: of an answer that waits, at each customer whom it may be of. */
  reads: readonly ReadNote[];
  /** The user who filled it; null: anybody. */
  submittedBy: string | null;
  customerId: string | null;
  stored: StoredAnswer;
}

/** A page of answers; `count` runs only when totalCount is selected. */
@ObjectType()
export class SubmissionConnection {
  @Exposed(() => [Submission]) nodes: readonly Submission[];
  @Exposed(() => PageInfo) pageInfo: PageInfo;
  count: () => Promise<number>;
}

/** How many answers hold one value. */
@ObjectType()
export class AnswerBar {
  @Exposed(() => JsonScalar) value: Json;
  @Exposed(() => Int) count: number;
}

/** How many answers hold a value between two ends; of numbers, days or instants as their field is. */
@ObjectType()
export class AnswerRange {
  @Exposed(() => JsonScalar) from: Json;
  @Exposed(() => JsonScalar, { description: 'Belongs to the last range, and otherwise to the next.' }) to: Json;
  @Exposed(() => Int) count: number;
}

/** How many answers name a division of China or one inside it. */
@ObjectType()
export class AnswerRegion {
  @Exposed(() => ID, { description: 'Six digits.' }) code: string;
  @Exposed(() => Int) count: number;
}

/** What was answered to one question. */
@ObjectType()
export class AnswerDistribution {
  @Exposed(() => ID) fieldKey: string;
  @Exposed(() => Int, { description: 'Answers that the viewer may see, those that were put aside apart.' })
  answers: number;
  @Exposed(() => Int, { nullable: true, description: 'Those that hold a value; null where that would tell of few.' })
  filled: number | null;
  @Exposed(() => [AnswerBar], { description: 'The most frequent values first, at most twenty; of what is chosen.' })
  bars: readonly AnswerBar[];
  @Exposed(() => [AnswerRange], {
    description:
      'All ranges of one width from the least to the greatest; of numbers, days and instants. One of few is told as empty where that must not be told.',
  })
  ranges: readonly AnswerRange[];
  @Exposed(() => [AnswerRegion], {
    description:
      'Of regions: every province and every city in which there are answers, the most frequent first; none of a sensitive field.',
  })
  regions: readonly AnswerRegion[];
}
