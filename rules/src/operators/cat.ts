import type { CheckScope, Node, Operator } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule } from '../json.ts';
import { mostOperands } from '../limits.ts';
import { sentence } from '../locale.ts';
import { nodeToPortable } from '../portable.ts';
import { nodeToSql } from '../sql.ts';
import { sayAround, sayList, sayOperand } from '../text.ts';
import { checkAs } from './comparing.ts';

const words = sentence('{}连成的文本', '{} joined together');

/** Here alone may the empty text stand. */
function check(operands: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const nodes = operands.map((operand, index) =>
    operand === '' ? scope.operand(index) : checkAs('TEXT', index, scope),
  );
  return nodes.every((node) => node !== undefined) ? nodes : undefined;
}

/** Texts one behind the other; what is empty adds nothing, and of nothing but that the result is empty. */
export const cat: Operator = {
  key: 'cat',
  type: 'TEXT',
  gives: 'value',
  isCompound: true,
  arity: { min: 1, max: mostOperands },
  check,
  js(operands) {
    const texts = operands.map(compileNode);
    return (row, moment) => texts.map((text) => text(row, moment) ?? '').join('') || null;
  },
  sql(operands, target) {
    const texts = operands.map((node) => nodeToSql(node, target));
    return `NULLIF(concat(${texts.join(', ')}), ${target.parameter('')}::text)`;
  },
  portable: (operands) => ({ or: [{ cat: operands.map(nodeToPortable) }, null] }),
  say(operands, reader) {
    const names = operands.map((node) => sayOperand(node, reader));
    return sayAround(words, sayList(names, 'conjunction', reader), reader);
  },
};
