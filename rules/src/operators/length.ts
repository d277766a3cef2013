import { sentence } from '../locale.ts';
import { codePoints } from '../types/text.ts';
import { ofOne, type MadeOfOne } from './of-one.ts';

/** How many code points a text has. */
export const lengthOfText: MadeOfOne = {
  key: 'length',
  takes: 'TEXT',
  gives: 'NUMBER',
  of: (value) => codePoints(String(value)),
  sql: (value) => `length(${value})::double precision`,
  words: sentence('{}的字符数', 'the number of characters of {}'),
};

/** `length`. */
export const length = ofOne(lengthOfText);
