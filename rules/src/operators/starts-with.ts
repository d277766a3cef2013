import type { Operator } from '../ast.ts';
import { sentence } from '../locale.ts';
import { textFaces } from './text-tests.ts';

const { say, ...faces } = textFaces({
  order: 'text, part',
  holds: (text, part) => text.startsWith(part),
  sql: (text, part) => `starts_with(${text}, ${part})`,
  portable: (operands) => ({ starts_with: operands }),
  words: { before: sentence('以', 'starts with'), behind: sentence('开头', '') },
  negated: { before: sentence('不以', 'does not start with'), behind: sentence('开头', '') },
});

/** The text begins with the other one, as it is written. */
export const startsWith: Operator = {
  ...faces,
  key: 'starts_with',
  type: 'BOOLEAN',
  gives: 'predicate',
  arity: { min: 2, max: 2 },
  say: (operands, reader) => say(operands, reader, false),
  sayNot: (operands, reader) => say(operands, reader, true),
};
