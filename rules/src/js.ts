import { isPredicate, type Compiled, type Node } from './ast.ts';
import { eventsIn } from './events.ts';
import type { Row } from './json.ts';
import type { Moment } from './moment.ts';

/** Compiles a node to a closure over one row. No code is generated: it runs where a policy forbids `eval`. */
export function compileNode(node: Node): Compiled {
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'events': {
      const { key } = node.eventType;
      return (row) => eventsIn(row, key).length || null;
    }
    case 'property':
    case 'field': {
      const { key } = node.field;
      return (row) => row[key] ?? null;
    }
    case 'call':
      return node.operator.js(node.operands);
    case 'list':
    case 'viewerList':
      throw new Error('A list has no value of its own: its operator reads it');
  }
}

/** Compiles a condition: an empty boolean value counts as false. */
export function compileCondition(node: Node): (row: Row, moment: Moment) => boolean {
  const value = compileNode(node);
  if (isPredicate(node)) return value as (row: Row, moment: Moment) => boolean;
  return (row, moment) => value(row, moment) === true;
}
