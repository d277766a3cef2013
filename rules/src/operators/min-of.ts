import { sentence } from '../locale.ts';
import { extremeOf } from './extreme-of.ts';
import { folding } from './fold.ts';

/** The smallest number, the first text in order, the earliest day or instant. */
export const smallestOf = extremeOf({
  key: 'min_of',
  sense: -1,
  aggregate: 'min',
  words: {
    ofTimes: sentence('{events}中最早的{property}', 'the earliest {property} of {events}'),
    ofOthers: sentence('{events}中最小的{property}', 'the smallest {property} of {events}'),
  },
});

/** `min_of`. */
export const minOf = folding(smallestOf);
