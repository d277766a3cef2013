import type { CheckScope, Node, Operator, Reader } from '../ast.ts';
import type { Rule } from '../json.ts';
import type { Sentence } from '../locale.ts';
import { conditionToPortable } from '../portable.ts';
import { conditionToSql } from '../sql.ts';
import { sayPart } from '../text.ts';

/** Checks operands that must all be conditions. */
export function checkConditions(operands: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const nodes = operands.map((_, index) => scope.condition(index));
  return nodes.every((node) => node !== undefined) ? nodes : undefined;
}

/** What `and` and `or` share: they differ in their word and in how JS folds them. */
export function joining(key: 'and' | 'or', word: Sentence, js: Operator['js']): Operator {
  return {
    key,
    type: 'BOOLEAN',
    gives: 'join',
    joins: key === 'and' ? 'all' : 'any',
    arity: { min: 1, max: Infinity },
    check: checkConditions,
    js,
    sql: (operands, target) =>
      `(${operands.map((node) => conditionToSql(node, target)).join(` ${key.toUpperCase()} `)})`,
    portable: (operands) => ({ [key]: operands.map(conditionToPortable) }),
    say: (operands, reader) => sayJoined(operands, word[reader.locale], reader),
  };
}

function sayJoined(operands: readonly Node[], word: string, reader: Reader): string {
  const [only, ...others] = operands;
  if (only && others.length === 0) return sayPart(only, reader);
  // Behind “a” or “b”, a bare "and" would read as part of the list; Chinese sets its comma anyhow.
  const isListed = reader.locale === 'en' && operands.some(namesSeveral);
  return operands.map((node) => sayPart(node, reader)).join(isListed ? `,${word}` : word);
}

/** Whether a condition reads with a list of several values that stands in no brackets. */
function namesSeveral(node: Node): boolean {
  if (node.kind === 'list') return node.literals.length > 1;
  if (node.kind !== 'call' || node.operator.gives === 'value') return false;
  return (node.operator.gives === 'predicate' || node.operands.length === 1) && node.operands.some(namesSeveral);
}
