import type { Operator } from '../ast.ts';
import { staysComparedInSql } from '../schedule/beside-in-sql.ts';
import { staysCompared } from '../schedule/beside.ts';
import { checkOneType } from './comparing.ts';
import { equalsInJs, equalsInPortable, equalsInSql, sayEquality } from './equality.ts';

/** Both are there and the same; with the literal `null`: the other one is empty. Two empty fields are not equal. */
export const equals: Operator = {
  key: '==',
  type: 'BOOLEAN',
  gives: 'predicate',
  arity: { min: 2, max: 2 },
  check: checkOneType,
  js: equalsInJs,
  sql: (operands, target) => `(${equalsInSql(operands, target)} IS TRUE)`,
  portable: equalsInPortable,
  course: {
    js: (operands) => staysCompared(operands, 'both'),
    sql: (operands, target) => staysComparedInSql(operands, 'both', target),
  },
  say: (operands, reader) => sayEquality(operands, reader, false),
  sayNot: (operands, reader) => sayEquality(operands, reader, true),
};
