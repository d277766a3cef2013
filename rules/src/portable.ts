import type { Node } from './ast.ts';
import type { Rule, Value } from './json.ts';
import { compareText } from './types/text.ts';

/**
 * Writes a node as plain JSON-logic. It is to be run on the row `{field_key: value, …}` with every key present, `null` where empty.
 */
export function nodeToPortable(node: Node): Rule {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'list':
      return node.literals.map(({ value }) => value);
    case 'field':
      return { var: node.field.key };
    case 'call':
      return node.operator.portable(node.operands);
  }
}

/** A condition: JSON-logic's truthiness would take any text for true, so boolean values are compared. */
export function conditionToPortable(node: Node): Rule {
  const rule = nodeToPortable(node);
  return node.kind === 'field' ? { '==': [rule, true] } : rule;
}

/**
 * A predicate of operands that is false as soon as one of them is empty. Operands that are more than a name or a literal are bound
 * once by `reduce`, since a guard that repeats its operand would double the rule at each level of nesting.
 */
export function whenNoneIsEmpty(operands: readonly Node[], body: (operands: readonly Rule[]) => Rule): Rule {
  const canBeEmpty = (node: Node) => node.kind !== 'literal';
  if (operands.every((node) => node.kind !== 'call')) {
    const rules = operands.map(nodeToPortable);
    return guarded(
      rules.filter((_, i) => canBeEmpty(operands[i]!)),
      body(rules),
    );
  }
  const bound = operands.map((_, i) => ({ var: `current.${i}` }));
  const inner = guarded(
    bound.filter((_, i) => canBeEmpty(operands[i]!)),
    body(bound),
  );
  return { reduce: [[operands.map(nodeToPortable)], inner, null] };
}

function guarded(operands: readonly Rule[], body: Rule): Rule {
  if (operands.length === 0) return body;
  return { and: [...operands.map((operand) => ({ '!=': [operand, null] })), body] };
}

/** The operations to register with json-logic-js (`add_operation`) before it runs a portable rule. They are pure. */
export const portableOperations = {
  /** −1, 0 or 1 by code point; null where an operand is. */
  compare_text(a: Value, b: Value): number | null {
    return typeof a === 'string' && typeof b === 'string' ? Math.sign(compareText(a, b)) : null;
  },
} as const;
