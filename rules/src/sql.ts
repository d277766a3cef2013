import { isPredicate, type Node, type SqlTarget } from './ast.ts';
import type { Value } from './json.ts';
import { valueTypes } from './types/index.ts';
import { listOfViewer } from './viewer.ts';

/** Writes a node as a Postgres expression. Values become parameters, identifiers come from the target. */
export function nodeToSql(node: Node, target: SqlTarget): string {
  switch (node.kind) {
    case 'literal':
      if (node.type === 'NULL') return 'NULL';
      return `${target.parameter(node.value)}::${valueTypes[node.type].sqlType}`;
    case 'list':
      return `${target.parameter(node.literals.map(({ value }) => value))}::${valueTypes[node.type].sqlType}[]`;
    case 'viewerList':
      return `${target.parameter(listOfViewer(target.moment, node.attribute, node.type))}::${valueTypes[node.type].sqlType}[]`;
    case 'field':
      return target.column(node.field);
    case 'property':
      if (!target.property) throw new Error('A property is read where there is no event');
      return target.property(node.field);
    case 'events':
      return `(SELECT NULLIF(count(*), 0)::double precision FROM ${target.events(node.eventType.key).from})`;
    case 'call':
      return node.operator.sql(node.operands, target);
  }
}

/** Writes a condition: two-valued, an empty boolean value counts as false. */
export function conditionToSql(node: Node, target: SqlTarget): string {
  const sql = nodeToSql(node, target);
  return isPredicate(node) && node.kind === 'call' ? sql : `(${sql} IS TRUE)`;
}

/**
 * Writes an expression in which operands may stand more than once. Those that are calls are bound before, or each level of nesting would
 * multiply them.
 */
export function operandsOnce(
  nodes: readonly Node[],
  target: SqlTarget,
  write: (operands: readonly string[]) => string,
): string {
  const expressions = nodes.map((node) => nodeToSql(node, target));
  return nodes.some(({ kind }) => kind === 'call') ? bindInSql(expressions, write) : write(expressions);
}

/** Writes an expression of others that are bound, which may stand in it more than once. */
export function bindInSql(expressions: readonly string[], write: (bound: readonly string[]) => string): string {
  const columns = expressions.map((expression, index) => `${expression} AS v${index}`);
  // Without OFFSET the planner would write what is bound back to each place where it stands.
  return `(SELECT ${write(expressions.map((_, index) => `n.v${index}`))} FROM (SELECT ${columns.join(', ')} OFFSET 0) AS n)`;
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
