import { expect, it } from 'vitest';
import { parseNumber } from './parse-number.ts';

it.each([
  ['', null],
  ['  ', null],
  ['12', 12],
  ['-0.5', -0.5],
  ['１２．５', 12.5],
  ['1.', 1],
  ['1e3', 1000],
  ['1e', '1e'],
  ['12,000', '12,000'],
  ['0x10', '0x10'],
  ['Infinity', 'Infinity'],
])('takes %j as %j', (typed, value) => {
  expect(parseNumber(typed)).toBe(value);
});
