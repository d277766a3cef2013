import { sentence } from '../locale.ts';
import { extremeOf } from './extreme-of.ts';
import { folding } from './fold.ts';

/** The largest number, the last text in order, the latest day or instant. */
export const largestOf = extremeOf({
  key: 'max_of',
  sense: 1,
  aggregate: 'max',
  words: {
    ofTimes: sentence('{events}中最晚的{property}', 'the latest {property} of {events}'),
    ofOthers: sentence('{events}中最大的{property}', 'the largest {property} of {events}'),
  },
});

/** `max_of`. */
export const maxOf = folding(largestOf);
