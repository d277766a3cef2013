import { ordering } from './ordering.ts';

/** Comes after. */
export const greater = ordering({
  key: '>',
  holds: (order, a, b) => order.less(b, a),
  words: 'greater',
  swapped: 'less',
});
