import type { Operator } from '../ast.ts';
import { sentence } from '../locale.ts';

const words = sentence('现在', 'now');

/** The instant at which the rule is asked, in milliseconds. */
export const now: Operator = {
  key: 'now',
  type: 'DATETIME',
  gives: 'value',
  readsClock: true,
  arity: { min: 0, max: 0 },
  check: () => [],
  js: () => (_row, moment) => moment.now,
  sql: (_operands, target) => `${target.parameter(target.moment.now)}::timestamptz`,
  portable: () => ({ now: [] }),
  say: (_operands, { locale }) => words[locale],
};
