import { sentence } from '../locale.ts';
import { ordering } from './ordering.ts';

/** Comes before; with three operands: lies between, ends excluded. */
export const less = ordering({
  key: '<',
  holds: (order, a, b) => order.less(a, b),
  words: 'less',
  swapped: 'greater',
  between: sentence('（不含两端）', '(exclusive)'),
});
