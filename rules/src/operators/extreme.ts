import type { Operator } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { mostOperands } from '../limits.ts';
import type { Sentence } from '../locale.ts';
import { nodeToPortable } from '../portable.ts';
import { nodeToSql } from '../sql.ts';
import { sayAround, sayList, sayOperand } from '../text.ts';
import { checkAllAs } from './comparing.ts';

/** Which end of several numbers is asked for. */
interface Extreme {
  readonly key: 'min' | 'max';
  of(a: number, b: number): number;
  /** In Postgres; it skips what is empty too. */
  readonly sql: 'LEAST' | 'GREATEST';
  /** Around the names of the numbers: `{}` stands for them. */
  readonly words: Sentence;
}

function farther({ of }: Extreme, a: Value, b: Value): Value {
  if (typeof a !== 'number') return b;
  return typeof b === 'number' ? of(a, b) : a;
}

function toPortable(key: Extreme['key'], operands: readonly Rule[]): Rule {
  const [found, next] = [{ var: 'accumulator' }, { var: 'current' }];
  const step = { if: [{ '==': [next, null] }, found, { '==': [found, null] }, next, { [key]: [found, next] }] };
  return { reduce: [operands, step, null] };
}

/** Makes `min` or `max`: what is empty does not count; of nothing but that the result is empty. */
export function extreme(which: Extreme): Operator {
  return {
    key: which.key,
    type: 'NUMBER',
    gives: 'value',
    isCompound: true,
    arity: { min: 1, max: mostOperands },
    check: (operands, scope) => checkAllAs('NUMBER', operands, scope),
    js(operands) {
      const values = operands.map(compileNode);
      return (row, moment) => values.reduce<Value>((found, value) => farther(which, found, value(row, moment)), null);
    },
    sql: (operands, target) => `${which.sql}(${operands.map((node) => nodeToSql(node, target)).join(', ')})`,
    portable: (operands) => toPortable(which.key, operands.map(nodeToPortable)),
    say(operands, reader) {
      const names = operands.map((node) => sayOperand(node, reader));
      return sayAround(which.words, sayList(names, 'conjunction', reader), reader);
    },
  };
}
