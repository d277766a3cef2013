import { Field as Exposed, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { ReadNote } from '../access-log/note-reads.ts';
import type { RuleCount } from './count-rules.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';

/** One customer as a viewer sees it: hidden values are absent from `values`, masked ones masked. */
@ObjectType()
export class Customer {
  @Exposed(() => ID) id: string;
  @Exposed(() => Int) version: number;
  @Exposed(() => Date) createdAt: string;
  @Exposed(() => Date) updatedAt: string;
  /** By field key; the resolver tells them once it is noted who reads what of them. */
  values: Record<string, unknown>;
  /** What is to be noted before they are told. */
  read: ReadNote;
  /** The user id of the owner. */
  ownerId: string | null;
}

/** Where a page ends. */
@ObjectType()
export class PageInfo {
  @Exposed(() => Boolean) hasNextPage: boolean;
  @Exposed(() => String, { nullable: true }) endCursor: string | null;
}

/** A page of customers; `count` runs only when totalCount is selected. */
@ObjectType()
export class CustomerConnection {
  @Exposed(() => [Customer]) nodes: readonly Customer[];
  /** The resolver tells it once it is noted what of a customer stands in the place where the page ends. */
  pageInfo: PageInfo;
  /** What is to be noted of that. */
  readAtEnd: ReadNote | undefined;
  count: () => Promise<number>;
}

/** One key of an order. */
@InputType({
  description: 'Text sorts by the ICU Chinese collation (pinyin); empty values come last either way; ties by id.',
})
export class SortInput {
  @Exposed(() => ID) field: string;
  @Exposed(() => Boolean, { nullable: true, defaultValue: false }) descending?: boolean | null;
}

/** A customer as it is sent: keys not given stay as they are, null empties. */
@InputType()
export class CustomerInput {
  @Exposed(() => ID, { nullable: true }) id?: string | null;
  @Exposed(() => Int, { nullable: true }) version?: number | null;
  @Exposed(() => ID, { nullable: true, description: 'The form that it was filled in.' }) formId?: string | null;
  @Exposed(() => Int, {
    nullable: true,
    description: 'The version of the form that was filled; the present one, if not given.',
  })
  formVersion?: number | null;
  @Exposed(() => ID, { nullable: true }) ownerId?: string | null;
  @Exposed(() => JsonScalar) values: unknown;
}

/** How many customers meet one condition of a rule alone. */
@ObjectType()
export class ConditionCount {
  @Exposed(() => String) path: string;
  @Exposed(() => Int) count: number;
  @Exposed(() => Boolean) exact: boolean;
  @Exposed(() => Int) margin: number;
}

/** Something that a rule says in vain. */
@ObjectType()
export class RuleFinding {
  @Exposed(() => String, {
    description:
      'IMPOSSIBLE, ALWAYS_TRUE, REDUNDANT, SUBSET_OF, UNREACHABLE, NEGATION_UNDER_OR, UNEQUAL_LITERAL, NEVER_FILLED',
  })
  kind: string;
  @Exposed(() => String, { description: 'JSON Pointer into the rule as it was sent.' }) path: string;
  @Exposed(() => String) message: string;
}

/** What a rule would do; each part is worked out only when it is selected. */
@ObjectType()
export class RulePreview {
  @Exposed(() => String) text: string;
  @Exposed(() => [ID], {
    description:
      'The keys of the fields that the rule reads, of segments that it asks for, and `events.` with the key of a type.',
  })
  dependsOn: readonly string[];
  count: () => Promise<RuleCount & { readonly total: number }>;
  conditions: () => Promise<readonly ConditionCount[]>;
  sample: () => Promise<readonly Customer[]>;
  findings: () => Promise<readonly RuleFinding[]>;
}

/** Why a rule holds for a customer, or why not. */
@ObjectType()
export class Explanation {
  @Exposed(() => Boolean) result: boolean;
  @Exposed(() => JsonScalar, {
    description:
      '{path, text, operation, actual?, actualText?, result, children?}; a value that the user may not read is left out and marked redacted: true.',
  })
  tree: unknown;
  @Exposed(() => Date, {
    nullable: true,
    description: 'When time alone could next change the result; null: never.',
  })
  nextChangeAt: string | null;
}

/** How the values of a field of numbers are spread. */
@ObjectType()
export class FieldDistribution {
  @Exposed(() => Float, { nullable: true }) min: number | null;
  @Exposed(() => Float, { nullable: true }) max: number | null;
  @Exposed(() => [Float], {
    description: 'Shares of those who have a value, in ranges of one width from min to max.',
  })
  shares: readonly number[];
}
