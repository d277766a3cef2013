import type { Node, Operator, Reader } from '../ast.ts';
import { compileCondition } from '../js.ts';
import { conditionToPortable } from '../portable.ts';
import { conditionToSql } from '../sql.ts';
import { inBrackets, sayCondition, sayNotYes } from '../text.ts';
import { checkConditions } from './joining.ts';

function say([operand]: readonly Node[], reader: Reader): string {
  const node = operand!;
  if (node.kind === 'call' && node.operator.sayNot) return node.operator.sayNot(node.operands, reader);
  const words = inBrackets(sayCondition(node, reader), reader);
  return sayNotYes(node, reader) ?? (reader.locale === 'en' ? `not ${words}` : `不满足${words}`);
}

/** The condition does not hold: plain negation, true for an empty boolean value. */
export const not: Operator = {
  key: '!',
  type: 'BOOLEAN',
  gives: 'join',
  joins: 'none',
  arity: { min: 1, max: 1 },
  check: checkConditions,
  js([operand]) {
    const holds = compileCondition(operand!);
    return (row, moment) => !holds(row, moment);
  },
  sql: ([operand], target) => `(NOT ${conditionToSql(operand!, target)})`,
  portable: ([operand]) => ({ '!': [conditionToPortable(operand!)] }),
  say,
};
