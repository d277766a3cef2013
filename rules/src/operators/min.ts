import { sentence } from '../locale.ts';
import { extreme } from './extreme.ts';

/** The smallest of the numbers that are there. */
export const min = extreme({
  key: 'min',
  of: (a, b) => Math.min(a, b),
  sql: 'LEAST',
  words: sentence('{}中的最小值', 'the smallest of {}'),
});
