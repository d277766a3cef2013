import type { Sentence } from './locale.ts';

/** What can be wrong with a rule; the codes of the public contract. */
export type RuleProblemCode =
  | 'NOT_A_RULE'
  | 'UNKNOWN_OPERATION'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_SEGMENT'
  | 'UNKNOWN_OPTION'
  | 'TYPE'
  | 'ARITY'
  | 'NOT_BOOLEAN'
  | 'CYCLE'
  | 'LIMIT'
  | 'FORBIDDEN_KEY';

/** What can be wrong with a value or a setting; the codes of the public contract. */
export type ValueProblemCode =
  | 'REQUIRED'
  | 'WRONG_TYPE'
  | 'INVALID'
  | 'NOT_AN_OPTION'
  | 'TOO_SMALL'
  | 'TOO_LARGE'
  | 'TOO_SHORT'
  | 'TOO_LONG'
  | 'TOO_MANY_DECIMALS'
  | 'NOT_UNIQUE'
  | 'UNKNOWN_FIELD'
  | 'READ_ONLY'
  | 'FORBIDDEN_CHARACTER'
  | 'PATTERN'
  | 'RULE'
  | 'LEAVES_SCOPE'
  | 'LAST_ADMINISTRATOR';

/** One finding of a check. Checks return all of them at once and never throw. */
export interface Problem<Code extends string = RuleProblemCode | ValueProblemCode> {
  /** The field key or place of a value; in rules a JSON Pointer (RFC 6901) into the rule as it was sent. */
  readonly path: string;
  readonly code: Code;
  readonly message: Sentence;
  /** The name of the limit that was passed, with code LIMIT. */
  readonly limit?: string;
}

/** The outcome of a check: the checked thing, or everything that is wrong with it. */
export type Checked<T, Code extends string = ValueProblemCode> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem<Code>[] };
