import { isPredicate, type Node } from './ast.ts';
import type { Rule } from './json.ts';

/**
 * Writes a node as plain JSON-logic. It is to be run on the row `{field_key: value, …}` with every key present, `null` where empty.
 */
export function nodeToPortable(node: Node): Rule {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'list':
      return node.literals.map(({ value }) => value);
    case 'viewerList':
      return { me: [node.attribute, node.type, 'list'] };
    case 'property':
    case 'field':
      return { var: node.field.key };
    case 'events':
      return countOrEmpty({ var: `events.${node.eventType.key}` });
    case 'call':
      return node.operator.portable(node.operands);
  }
}

/** What stands for a list of events where a value is asked for: how many it holds, or nothing. */
export function countOrEmpty(list: Rule): Rule {
  return { if: [{ count: [list] }, { count: [list] }, null] };
}

/** A condition: JSON-logic's truthiness would take any text for true, so boolean values are compared. */
export function conditionToPortable(node: Node): Rule {
  const rule = nodeToPortable(node);
  return isPredicate(node) ? rule : { '==': [rule, true] };
}

/**
 * A predicate of operands that is false as soon as one of them is empty. Operands that are more than a name or a literal are bound
 * once by `reduce`, since a guard that repeats its operand would double the rule at each level of nesting.
 */
export function whenNoneIsEmpty(operands: readonly Node[], body: (operands: readonly Rule[]) => Rule): Rule {
  return whenNoneIsEmptyElse(false, operands, body);
}

/** The same for what is otherwise something else: false of a predicate, `null` of a value. */
export function whenNoneIsEmptyElse(
  otherwise: false | null,
  operands: readonly Node[],
  body: (operands: readonly Rule[]) => Rule,
): Rule {
  const canBeEmpty = (node: Node) => node.kind !== 'literal' && !isPredicate(node);
  if (operands.every((node) => node.kind !== 'call')) {
    const rules = operands.map(nodeToPortable);
    return guarded(
      rules.filter((_, i) => canBeEmpty(operands[i]!)),
      body(rules),
      otherwise,
    );
  }
  const places = operands.map((_, i) => ({ var: `current.${i}` }));
  const inner = guarded(
    places.filter((_, i) => canBeEmpty(operands[i]!)),
    body(places),
    otherwise,
  );
  return { reduce: [[operands.map(nodeToPortable)], inner, null] };
}

function guarded(operands: readonly Rule[], body: Rule, otherwise: false | null): Rule {
  if (operands.length === 0) return body;
  const isThere = operands.map((operand) => ({ '!=': [operand, null] }));
  return otherwise === false ? { and: [...isThere, body] } : { if: [{ and: isThere }, body, null] };
}

/** A number within the bounds of numbers, see `bounded` of the arithmetic operations; it is bound once by `reduce`. */
export function bound(result: Rule): Rule {
  const n = { var: 'current.0' };
  const isFar: Rule = { or: [{ '>=': [n, 1e100] }, { '<=': [n, -1e100] }] };
  const isZero: Rule = { '<': [-1e-100, n, 1e-100] };
  return { reduce: [[[result]], { if: [{ '==': [n, null] }, null, isFar, null, isZero, 0, n] }, null] };
}
