import { sentence } from '../locale.ts';
import { folding, type Fold } from './fold.ts';

/** The property of the first event, even where that is empty; empty of none. */
export const firstOf: Fold = {
  key: 'first',
  takes: 'anything',
  of: (values) => values[0] ?? null,
  sql: ({ value, forwards }) => ({ select: value, end: ` ORDER BY ${forwards} LIMIT 1` }),
  words: () => sentence('第一次{events}的{property}', 'the {property} of the first of the {events}'),
};

/** `first`. */
export const first = folding(firstOf);
