import { sentence } from '../locale.ts';
import { ordering } from './ordering.ts';

/** Comes before or is the same; with three operands: lies between, ends included. */
export const lessOrEqual = ordering({
  key: '<=',
  holds: (order, a, b) => !order.less(b, a),
  words: 'atMost',
  swapped: 'atLeast',
  between: sentence('（含两端）', '(inclusive)'),
});
