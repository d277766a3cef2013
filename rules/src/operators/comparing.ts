import { isNull, typedAs, type CheckScope, type Node } from '../ast.ts';
import type { FieldDefinition } from '../fields/field-definition.ts';
import type { Rule } from '../json.ts';
import { sentence } from '../locale.ts';
import { valueTypes } from '../types/index.ts';
import type { ValueType } from '../types/value-type.ts';

/**
 * Checks operands that must be of one type. A string literal takes its type from the others (text if all are strings), and names an
 * option of the field beside it.
 */
export function checkOneType(operands: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const nodes = operands.map((_, index) => scope.operand(index));
  if (!nodes.every((node) => node !== undefined)) return undefined;
  const { type } = leadingType(nodes);
  if (!valueTypes[type].comparable && !nodes.some(isNull)) return refuseIncomparable(type, scope, `${scope.path}/0`);
  return settleTogether(
    nodes.map((node, index) => ({ node, index })),
    scope,
  );
}

/** Checks one operand that must be of a given type, and is more than `null`. */
export function checkAs(type: ValueType, index: number, scope: CheckScope): Node | undefined {
  const path = `${scope.path}/${index}`;
  const node = scope.operand(index);
  if (node?.type === 'NULL') return refuseNull(scope, path);
  return node && scope.settle(node, type, undefined, path);
}

/** Checks operands that must all be of a given type. */
export function checkAllAs(type: ValueType, operands: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const nodes = operands.map((_, index) => checkAs(type, index, scope));
  return nodes.every((node) => node !== undefined) ? nodes : undefined;
}

/** Gives operands that must be of one type that type; `null` fits each. */
export function settleTogether(
  places: readonly { readonly node: Node; readonly index: number }[],
  scope: CheckScope,
): readonly Node[] | undefined {
  const { type, field } = leadingType(places.map(({ node }) => node));
  const settled = places.map(({ node, index }) => scope.settle(node, type, field, `${scope.path}/${index}`));
  return settled.every((node) => node !== undefined) ? settled : undefined;
}

function leadingType(nodes: readonly Node[]): { type: ValueType; field?: FieldDefinition | undefined } {
  const leading = nodes.find((node) => !isOpen(node)) ?? nodes.find((node) => node.type !== 'NULL');
  if (leading === undefined || leading.type === 'NULL') return { type: 'TEXT' };
  return { type: leading.type, field: optionsFieldOf(leading) };
}

/** The field whose options a value is one of: its own, or that of a result of a choice. */
export function optionsFieldOf(node: Node): FieldDefinition | undefined {
  if (node.kind === 'field' || node.kind === 'property') return node.field;
  if (node.kind !== 'call') return undefined;
  return node.operands
    .filter(({ type }) => type === node.type)
    .map(optionsFieldOf)
    .find((field) => field !== undefined);
}

/** Whether a node takes its type from its neighbours: `null`, a string that is written in the rule, an attribute of the viewer. */
function isOpen(node: Node): boolean {
  if (typedAs(node, 'TEXT')) return true;
  return node.kind === 'literal' && (node.type === 'NULL' || typeof node.value === 'string');
}

/** Reports a value whose type can only be asked whether it is empty. */
export function refuseIncomparable(type: ValueType, scope: CheckScope, path: string): undefined {
  const { label } = valueTypes[type];
  const message = sentence(
    `${label['zh-CN']}只能问是否为空`,
    `Of ${label.en} it can only be asked whether there are any`,
  );
  return scope.report(path, 'TYPE', message);
}

/** Reports `null` where only `==` and `!=` may compare with it. */
export function refuseNull(scope: CheckScope, path: string): undefined {
  return scope.report(path, 'TYPE', sentence('这里不能是空值，请用“为空”', 'Empty cannot stand here; use “is empty”'));
}
