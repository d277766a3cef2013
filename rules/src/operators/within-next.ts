import { sentence } from '../locale.ts';
import { within, type Window } from './window.ts';

/** The time from now on: of days, today is the first. */
export const nextWindow: Window = {
  key: 'within_next',
  way: 1,
  words: sentence('在未来 {}内', 'is within the next {}'),
  negated: sentence('不在未来 {}内', 'is not within the next {}'),
};

/** `within_next`. */
export const withinNext = within(nextWindow);
