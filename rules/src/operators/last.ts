import { sentence } from '../locale.ts';
import { folding, type Fold } from './fold.ts';

/** The property of the last event, even where that is empty; empty of none. */
export const lastOf: Fold = {
  key: 'last',
  takes: 'anything',
  of: (values) => values.at(-1) ?? null,
  sql: ({ value, backwards }) => ({ select: value, end: ` ORDER BY ${backwards} LIMIT 1` }),
  words: () => sentence('最近一次{events}的{property}', 'the {property} of the latest of the {events}'),
};

/** `last`. */
export const last = folding(lastOf);
