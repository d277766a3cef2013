import { isPredicate, type Node, type SqlTarget } from './ast.ts';
import type { Value } from './json.ts';
import { valueTypes } from './types/index.ts';

/** Writes a node as a Postgres expression. Values become parameters, identifiers come from the target. */
export function nodeToSql(node: Node, target: SqlTarget): string {
  switch (node.kind) {
    case 'literal':
      if (node.type === 'NULL') return 'NULL';
      return `${target.parameter(node.value)}::${valueTypes[node.type].sqlType}`;
    case 'list':
      return `${target.parameter(node.literals.map(({ value }) => value))}::${valueTypes[node.type].sqlType}[]`;
    case 'field':
      return target.column(node.field);
    case 'call':
      return node.operator.sql(node.operands, target);
  }
}

/** Writes a condition: two-valued, an empty boolean value counts as false. */
export function conditionToSql(node: Node, target: SqlTarget): string {
  const sql = nodeToSql(node, target);
  return isPredicate(node) && node.kind === 'call' ? sql : `(${sql} IS TRUE)`;
}

/** Parameters of a statement under construction, numbered from `$1`. */
export class SqlParameters {
  readonly values: (Value | readonly Value[])[] = [];

  /** Binds a value and gives its place. */
  add(value: Value | readonly Value[]): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}
