import type { Operator } from '../ast.ts';
import { sentence } from '../locale.ts';
import { textFaces } from './text-tests.ts';

const { say, ...faces } = textFaces({
  order: 'text, part',
  holds: (text, part) => text.endsWith(part),
  sql: (text, part) => `right(${text}, length(${part})) = ${part}`,
  portable: (operands) => ({ ends_with: operands }),
  words: { before: sentence('以', 'ends with'), behind: sentence('结尾', '') },
  negated: { before: sentence('不以', 'does not end with'), behind: sentence('结尾', '') },
});

/** The text ends with the other one, as it is written. */
export const endsWith: Operator = {
  ...faces,
  key: 'ends_with',
  type: 'BOOLEAN',
  gives: 'predicate',
  arity: { min: 2, max: 2 },
  say: (operands, reader) => say(operands, reader, false),
  sayNot: (operands, reader) => say(operands, reader, true),
};
