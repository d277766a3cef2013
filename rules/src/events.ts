import type { FieldDefinition, FieldType, Labelled } from './fields/field-definition.ts';
import type { Row, Value } from './json.ts';
import { sentence, type Sentence } from './locale.ts';

/** A kind of what customers do, such as to order, as rules see it. */
export interface EventTypeDefinition extends Labelled {
  readonly key: string;
  /** What its events tell besides their instant and amount. */
  readonly properties: readonly FieldDefinition[];
}

/** What one customer did, by event type; each list in the order of (at, id). An event is a row of its properties. */
export type EventsByType = Readonly<Record<string, readonly Row[]>>;

/** The key under which a customer's row holds the events, which no field may have. */
export const eventsKey = 'events';

/** A customer's row with what that customer did. */
export function withEvents(row: Row, events: EventsByType): Row {
  return { ...row, [eventsKey]: events as unknown as Value };
}

/** The events of one type in a customer's row. */
export function eventsIn(row: Row, type: string): readonly Row[] {
  const events = row[eventsKey] as unknown as EventsByType | null | undefined;
  return events?.[type] ?? [];
}

/** A property of events as the field that it would be: what its values are checked and read by. */
export function eventProperty(
  key: string,
  type: FieldType,
  label: string,
  labels: Labelled['labels'] = {},
): FieldDefinition {
  return { key, type, label, labels, options: [], validation: {}, required: false, unique: false, archived: false };
}

/** What every event tells, whatever its type. */
export const commonProperties: readonly FieldDefinition[] = [
  common('at', 'DATETIME', sentence('时间', 'time')),
  common('amount', 'NUMBER', sentence('金额', 'amount')),
];

function common(key: string, type: FieldType, labels: Sentence): FieldDefinition {
  return eventProperty(key, type, labels['zh-CN'], labels);
}

/** A property that a rule names; undefined where events of the type have none of that key. */
export function propertyOf({ properties }: EventTypeDefinition, key: unknown): FieldDefinition | undefined {
  return [...commonProperties, ...properties].find((property) => property.key === key);
}
