import { sentence } from '../locale.ts';
import { within, type Window } from './window.ts';

/** The time up to now: of days, today is the last. */
export const lastWindow: Window = {
  key: 'within_last',
  way: -1,
  words: sentence('在最近 {}内', 'is within the last {}'),
  negated: sentence('不在最近 {}内', 'is not within the last {}'),
};

/** `within_last`. */
export const withinLast = within(lastWindow);
