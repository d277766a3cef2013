import type { Node } from '../ast.ts';
import type { Sentence } from '../locale.ts';
import type { Problem } from '../problem.ts';

/** What a rule that checks may still say in vain. */
export type FindingCode =
  /** No customer can meet it. */
  | 'IMPOSSIBLE'
  /** Every customer meets it. */
  | 'ALWAYS_TRUE'
  /** Beside the others it changes nothing; `other` is one that says the same. */
  | 'REDUNDANT'
  /** One other condition, `other`, already implies it. */
  | 'SUBSET_OF'
  /** A branch that is never taken. */
  | 'UNREACHABLE'
  /** "Not A or not B" of one field: meant to leave both out, it takes everybody. */
  | 'NEGATION_UNDER_OR'
  /** A text that no stored value can equal. */
  | 'UNEQUAL_LITERAL';

/** One thing about a rule that is right for every customer, now and ever after, and hardly meant. */
export interface Finding extends Problem<FindingCode> {
  /** JSON Pointer to the condition that makes this one needless. */
  readonly other?: string;
}

/** A finding that is not yet put into words. */
export interface Remark extends Omit<Finding, 'message'> {
  /** Words around nodes: `{0}`, `{1}` … are single ones, conditions in brackets; `{and}` and `{or}` all of them. */
  readonly words: Sentence;
  readonly nodes: readonly Node[];
}
