import { sentence } from '../locale.ts';
import { extreme } from './extreme.ts';

/** The largest of the numbers that are there. */
export const max = extreme({
  key: 'max',
  of: (a, b) => Math.max(a, b),
  sql: 'GREATEST',
  words: sentence('{}中的最大值', 'the largest of {}'),
});
