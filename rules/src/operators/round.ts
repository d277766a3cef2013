import { sentence } from '../locale.ts';
import { ofOne, type MadeOfOne } from './of-one.ts';

/** Half away from zero; adding 0.5 would round up the largest number below it. */
function roundedOf(value: number): number {
  const whole = Math.trunc(value);
  // Adding 0 makes the −0 that is left of small negative numbers 0.
  return (Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole) + 0;
}

/** The nearest whole number, of two as near the one farther from 0. */
export const rounded: MadeOfOne = {
  key: 'round',
  takes: 'NUMBER',
  gives: 'NUMBER',
  of: (value) => roundedOf(Number(value)),
  sql: (value) => `trunc(${value}) + CASE WHEN abs(${value} - trunc(${value})) >= 0.5 THEN sign(${value}) ELSE 0 END`,
  words: sentence('{}四舍五入后的整数', 'the nearest whole number to {}'),
};

/** `round`. */
export const round = ofOne(rounded);
