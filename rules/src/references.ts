import type { Call, Node } from './ast.ts';

/** The keys of the fields that a rule reads. */
export function fieldsOf(node: Node): ReadonlySet<string> {
  const keys = new Set<string>();
  collect(node, keys);
  return keys;
}

function collect(node: Node, keys: Set<string>): void {
  if (node.kind === 'field') keys.add(node.field.key);
  if (node.kind === 'call') for (const operand of node.operands) collect(operand, keys);
}

/** Whether time alone can change what a rule answers. */
export function readsClock(node: Node): boolean {
  if (node.kind !== 'call') return false;
  return node.operator.readsClock === true || node.operands.some(readsClock);
}

/** The conditions of a rule that can be counted alone: the outermost calls that do not join others, in reading order. */
export function conditionsOf(node: Node): readonly Call[] {
  if (node.kind !== 'call') return [];
  return node.operator.gives === 'join' ? node.operands.flatMap(conditionsOf) : [node];
}
