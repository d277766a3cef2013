import { ordering } from './ordering.ts';

/** Comes after or is the same. */
export const greaterOrEqual = ordering({
  key: '>=',
  holds: (order, a, b) => !order.less(a, b),
  words: 'atLeast',
  swapped: 'atMost',
});
