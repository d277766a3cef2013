import { sentence } from '../locale.ts';
import type { Ordering, OrderWords } from './value-type.ts';

const dateWords: OrderWords = {
  less: sentence('早于', 'is before'),
  atMost: sentence('不晚于', 'is on or before'),
  greater: sentence('晚于', 'is after'),
  atLeast: sentence('不早于', 'is on or after'),
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

/** The order of days and of instants. */
export const timeOrdering: Ordering = naturalOrdering(dateWords);
