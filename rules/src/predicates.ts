import type { Call, Node } from './ast.ts';
import { nodeToPortable } from './portable.ts';

/** The predicates that the joins of a rule reach, in reading order. */
export function predicatesIn(node: Node): readonly Call[] {
  if (node.kind !== 'call') return [];
  if (node.operator.gives === 'join') return node.operands.flatMap(predicatesIn);
  return node.operator.gives === 'predicate' ? [node] : [];
}

/** Predicates of one name mean the same: the portable form tells all that a rule says. */
export function predicateName(predicate: Call): string {
  return JSON.stringify(nodeToPortable(predicate));
}
