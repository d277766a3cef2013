import type { CheckScope, EventsReference, Node, SqlTarget } from '../ast.ts';
import { eventsIn, propertyOf, type EventTypeDefinition } from '../events.ts';
import { fieldTypes } from '../fields/index.ts';
import { compileCondition } from '../js.ts';
import type { Row, Rule } from '../json.ts';
import { sentence } from '../locale.ts';
import type { Moment } from '../moment.ts';
import { conditionToPortable } from '../portable.ts';
import { conditionToSql } from '../sql.ts';

/** A list of events: all of a type, narrowed by conditions that each of them meets. */
export interface EventList {
  readonly source: EventsReference;
  readonly conditions: readonly Node[];
}

/** The list that a checked node is. */
export function listOf(node: Node): EventList {
  if (node.kind === 'events') return { source: node, conditions: [] };
  if (node.kind !== 'call') throw new Error('The check lets only lists of events through');
  return narrowed(node.operands);
}

/** The list that `filter` makes of its operands. */
export function narrowed([list, condition]: readonly Node[]): EventList {
  const { source, conditions } = listOf(list!);
  return { source, conditions: [...conditions, condition!] };
}

/** Checks an operand that must be a list of events. */
export function checkEvents(index: number, scope: CheckScope): Node | undefined {
  const node = scope.operand(index);
  if (node === undefined || node.type === 'EVENTS') return node;
  const message = sentence(
    '这里需要客户的行为，如 {"var":"events.order"}',
    'Events are expected here, such as {"var":"events.order"}',
  );
  return scope.report(`${scope.path}/${index}`, 'TYPE', message);
}

/** Checks an operand that must be the key of a property of the events in a list. */
export function checkProperty(eventType: EventTypeDefinition, raw: Rule, scope: CheckScope): Node | undefined {
  const field = propertyOf(eventType, raw);
  if (field) return Object.freeze<Node>({ kind: 'property', type: fieldTypes[field.type].valueType, field });
  const message = sentence('这种行为没有这个属性', 'Events of this type have no such property');
  return scope.report(`${scope.path}/1`, 'UNKNOWN_FIELD', message);
}

/** A list in JS, in the order of (at, id). */
export function compileEvents({ source, conditions }: EventList): (row: Row, moment: Moment) => readonly Row[] {
  const { key } = source.eventType;
  const holds = conditions.map(compileCondition);
  return (row, moment) => {
    const events = eventsIn(row, key);
    return holds.length === 0 ? events : events.filter((event) => holds.every((each) => each(event, moment)));
  };
}

/** A list in SQL. */
export interface EventsInSql {
  /** To be put behind FROM. */
  readonly from: string;
  readonly order: readonly [ascending: string, descending: string];
  /** What is asked of each event is written for this. */
  readonly each: SqlTarget;
}

/** Writes a list as what follows FROM. */
export function eventsToSql({ source, conditions }: EventList, target: SqlTarget): EventsInSql {
  const { from, order, property } = target.events(source.eventType.key);
  const each: SqlTarget = { ...target, property };
  const asked = conditions.map((condition) => ` AND ${conditionToSql(condition, each)}`);
  return { from: from + asked.join(''), order, each };
}

/** A list in plain JSON-logic. */
export function eventsToPortable({ source, conditions }: EventList): Rule {
  const all: Rule = { var: `events.${source.eventType.key}` };
  return conditions.reduce<Rule>((list, condition) => ({ filter: [list, conditionToPortable(condition)] }), all);
}
