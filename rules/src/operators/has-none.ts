import type { Operator } from '../ast.ts';
import { anyOf } from './has-any.ts';
import { checkHaving, havingInJs, havingInPortable, havingInSql, sayHaving } from './having.ts';

/** None of the keys is among the customer's options: the exact negation of `has_any`, so it holds for a customer without any. */
export const hasNone: Operator = {
  key: 'has_none',
  type: 'BOOLEAN',
  gives: 'predicate',
  arity: { min: 2, max: 2 },
  check: (operands, scope) => checkHaving(operands, scope),
  js(operands) {
    const any = havingInJs(anyOf, operands);
    return (row, moment) => any(row, moment) !== true;
  },
  sql: (operands, target) => `(${havingInSql(anyOf, operands, target)} IS NOT TRUE)`,
  portable: (operands) => ({ '!': [havingInPortable(anyOf, operands)] }),
  say: (operands, reader) => sayHaving(anyOf, operands, reader, true),
  sayNot: (operands, reader) => sayHaving(anyOf, operands, reader, false),
};
