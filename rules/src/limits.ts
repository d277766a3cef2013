/** How large a rule may be. The names are those of `Query.limits` and of LIMIT problems. */
export const ruleLimits = {
  /** Bytes of the rule as compact UTF-8 JSON. */
  ruleBytes: 256 * 1024,
  /** Operations inside each other; the outermost is 1. */
  ruleNesting: 32,
  /** Predicates other than `and`, `or`, `!`. */
  ruleConditions: 1_000,
  /** Literals in one list. */
  ruleListLiterals: 10_000,
} as const;

/**
 * Operands of an operation on any number of values: no function of Postgres takes more, and where each is a step inside the one before,
 * it takes seconds to plan some hundred.
 */
export const mostOperands = 100;

/** The name of one limit of rules. */
export type RuleLimit = keyof typeof ruleLimits;

/** The largest magnitude of a number that is stored or written in a rule: beyond it doubles skip whole numbers. */
export const largestNumber = Number.MAX_SAFE_INTEGER;
