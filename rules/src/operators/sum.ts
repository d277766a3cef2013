import { sentence } from '../locale.ts';
import { folding, type Fold } from './fold.ts';

/** Numbers added in the order of the events: another order would differ in the last digits. Of none it is 0. */
export const sumOf: Fold = {
  key: 'sum',
  takes: 'numbers',
  of: (values) => values.reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0),
  sql: ({ value, forwards }) => ({ select: `COALESCE(sum(${value} ORDER BY ${forwards}), 0)` }),
  words: () => sentence('{events}的{property}合计', 'the total {property} of {events}'),
};

/** `sum`. */
export const sum = folding(sumOf);
