import { sentence } from '../locale.ts';
import type { Ordering, OrderWords } from './value-type.ts';

const dayWords: OrderWords = {
  less: sentence('早于', 'is before'),
  atMost: sentence('不晚于', 'is on or before'),
  greater: sentence('晚于', 'is after'),
  atLeast: sentence('不早于', 'is on or after'),
};

const instantWords: OrderWords = {
  ...dayWords,
  atMost: sentence('不晚于', 'is at or before'),
  atLeast: sentence('不早于', 'is at or after'),
};

/**
 * The order of values that JS, Postgres and plain JSON-logic compare alike as they stand: numbers, and days and instants,
 * whose normal form is ASCII of one length.
 */
export function naturalOrdering(words: OrderWords): Ordering {
  return {
    less: (a, b) => a !== null && b !== null && a < b,
    sql: (expression) => expression,
    portable: (operator, a, b) => ({ [operator]: [a, b] }),
    words,
  };
}

/** The order of days. */
export const dayOrdering: Ordering = naturalOrdering(dayWords);

/** The order of instants. */
export const instantOrdering: Ordering = naturalOrdering(instantWords);
