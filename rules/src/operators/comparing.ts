import type { CheckScope, Node } from '../ast.ts';
import type { FieldDefinition } from '../fields/field-definition.ts';
import type { Rule } from '../json.ts';
import { sentence } from '../locale.ts';
import type { ValueType } from '../types/value-type.ts';

/**
 * Checks operands that must be of one type. A string literal takes its type from the others (text if all are strings), and names an
 * option of the field beside it.
 */
export function checkOneType(operands: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const nodes = operands.map((_, index) => scope.operand(index));
  if (!nodes.every((node) => node !== undefined)) return undefined;
  const { type, field } = leadingType(nodes);
  const settled = nodes.map((node, index) => scope.settle(node, type, field, `${scope.path}/${index}`));
  return settled.every((node) => node !== undefined) ? settled : undefined;
}

function leadingType(nodes: readonly Node[]): { type: ValueType; field?: FieldDefinition | undefined } {
  const leading = nodes.find((node) => !isOpen(node)) ?? nodes.find((node) => node.type !== 'NULL');
  if (leading === undefined || leading.type === 'NULL') return { type: 'TEXT' };
  return { type: leading.type, field: leading.kind === 'field' ? leading.field : undefined };
}

/** Whether a node takes its type from its neighbours: `null`, and a string that is written in the rule. */
function isOpen(node: Node): boolean {
  return node.kind === 'literal' && (node.type === 'NULL' || typeof node.value === 'string');
}

/** Reports `null` where only `==` and `!=` may compare with it. */
export function refuseNull(scope: CheckScope, path: string): undefined {
  return scope.report(path, 'TYPE', sentence('这里不能是空值，请用“为空”', 'Empty cannot stand here; use “is empty”'));
}
