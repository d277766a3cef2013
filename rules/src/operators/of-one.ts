import type { Operator } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import type { Sentence } from '../locale.ts';
import { nodeToPortable } from '../portable.ts';
import { operandsOnce } from '../sql.ts';
import { sayAround, sayOperand } from '../text.ts';
import { checkAllAs } from './comparing.ts';

/** A value that is made of one other. */
export interface MadeOfOne {
  readonly key: string;
  readonly takes: 'TEXT' | 'NUMBER';
  readonly gives: 'TEXT' | 'NUMBER';
  of(value: NonNullable<Value>): Value;
  /** The same of a Postgres expression, which may be empty; it may be written more than once. */
  sql(value: string): string;
  /** Around what it is made of: `{}` stands for it. */
  readonly words: Sentence;
}

/** What the portable form registers: empty of what is empty. */
export function madeOfOne({ of }: MadeOfOne, value: Value): Value {
  return value === null ? null : of(value);
}

/** Makes an operation on one operand; empty where that is. */
export function ofOne(made: MadeOfOne): Operator {
  return {
    key: made.key,
    type: made.gives,
    gives: 'value',
    arity: { min: 1, max: 1 },
    check: (operands: readonly Rule[], scope) => checkAllAs(made.takes, operands, scope),
    js([operand]) {
      const value = compileNode(operand!);
      return (row, moment) => madeOfOne(made, value(row, moment));
    },
    sql: (operands, target) => operandsOnce(operands, target, ([value]) => `(${made.sql(value!)})`),
    portable: (operands) => ({ [made.key]: operands.map(nodeToPortable) }),
    say: ([operand], reader) => sayAround(made.words, sayOperand(operand!, reader), reader),
  };
}
