import type { Operator } from '../ast.ts';
import { sentence } from '../locale.ts';

const words = sentence('今天', 'today');

/** The day that it is in the organisation's zone. */
export const today: Operator = {
  key: 'today',
  type: 'DATE',
  gives: 'value',
  readsClock: true,
  arity: { min: 0, max: 0 },
  check: () => [],
  js: () => (_row, moment) => moment.today,
  sql: (_operands, target) => `${target.parameter(target.moment.today)}::date`,
  portable: () => ({ today: [] }),
  say: (_operands, { locale }) => words[locale],
};
