import type { Rule } from '../json.ts';
import { arithmetic } from './arithmetic.ts';

/** The quotient; empty when divided by 0. */
export const divide = arithmetic({
  key: '/',
  sign: '÷',
  arity: { min: 2, max: 2 },
  of: (a, b) => (b === 0 ? null : a / b),
  sql: (a, b) => `${a} / NULLIF(${b}, 0)`,
  portable: (a, b): Rule => ({ if: [{ '==': [b, 0] }, null, { '/': [a, b] }] }),
});
