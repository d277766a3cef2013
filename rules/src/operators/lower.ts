import { sentence } from '../locale.ts';
import { ofOne, type MadeOfOne } from './of-one.ts';

/** Text in lower case by the full mapping of Unicode, whatever the language. */
export const lowered: MadeOfOne = {
  key: 'lower',
  takes: 'TEXT',
  gives: 'TEXT',
  of: (value) => String(value).toLowerCase(),
  // Only under such a collation is more than ASCII lowered; the result goes on under that of all other text.
  sql: (value) => `lower(${value} COLLATE "und-x-icu") COLLATE "C"`,
  words: sentence('{}的小写形式', '{} in lower case'),
};

/** `lower`. */
export const lower = ofOne(lowered);
