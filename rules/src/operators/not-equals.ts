import type { Operator } from '../ast.ts';
import { staysComparedInSql } from '../schedule/beside-in-sql.ts';
import { staysCompared } from '../schedule/beside.ts';
import { checkOneType } from './comparing.ts';
import { equalsInJs, equalsInPortable, equalsInSql, sayEquality } from './equality.ts';

/** The exact negation of `==`: "city is not Beijing" holds for a customer without a city. */
export const notEquals: Operator = {
  key: '!=',
  type: 'BOOLEAN',
  gives: 'predicate',
  arity: { min: 2, max: 2 },
  check: checkOneType,
  js(operands) {
    const equal = equalsInJs(operands);
    return (row, moment) => !equal(row, moment);
  },
  // Never IS DISTINCT FROM: two empty values are neither equal nor, to that operator, different.
  sql: (operands, target) => `(${equalsInSql(operands, target)} IS NOT TRUE)`,
  portable: (operands) => ({ '!': [equalsInPortable(operands)] }),
  course: {
    js: (operands) => staysCompared(operands, 'both'),
    sql: (operands, target) => staysComparedInSql(operands, 'both', target),
  },
  say: (operands, reader) => sayEquality(operands, reader, true),
  sayNot: (operands, reader) => sayEquality(operands, reader, false),
};
