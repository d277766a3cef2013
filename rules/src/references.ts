import type { Call, Node } from './ast.ts';
import { eventsKey } from './events.ts';

/** The keys of the fields that a rule reads; `events` stands for whatever customers did. */
export function fieldsOf(node: Node): ReadonlySet<string> {
  const keys = new Set<string>();
  collect(node, keys);
  return keys;
}

function collect(node: Node, keys: Set<string>): void {
  if (node.kind === 'field') keys.add(node.field.key);
  if (node.kind === 'events') keys.add(eventsKey);
  if (node.kind === 'call') for (const operand of node.operands) collect(operand, keys);
}

/** The keys of the event types that a rule reads. */
export function eventTypesOf(node: Node): ReadonlySet<string> {
  if (node.kind === 'events') return new Set([node.eventType.key]);
  return new Set(node.kind === 'call' ? node.operands.flatMap((operand) => [...eventTypesOf(operand)]) : []);
}

/** The segments whose membership a rule asks for: by key, a place where it does, as JSON Pointer. */
export function segmentsOf(node: Node): ReadonlyMap<string, string> {
  if (node.kind !== 'call') return new Map();
  const [asked] = node.operands;
  if (node.operator.key === 'in_segment' && asked?.kind === 'literal')
    return new Map([[String(asked.value), node.path]]);
  return new Map(node.operands.flatMap((operand) => [...segmentsOf(operand)]));
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
