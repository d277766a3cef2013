import { sentence } from '../locale.ts';
import { ofOne, type MadeOfOne } from './of-one.ts';

/** A number without its sign. */
export const absolute: MadeOfOne = {
  key: 'abs',
  takes: 'NUMBER',
  gives: 'NUMBER',
  of: (value) => Math.abs(Number(value)),
  sql: (value) => `abs(${value})`,
  words: sentence('{}的绝对值', 'the absolute value of {}'),
};

/** `abs`. */
export const abs = ofOne(absolute);
