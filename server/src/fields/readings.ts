import { eventTypesOf, fieldsOf, readsClock, segmentsOf, type Node } from '@kequn/rules';

/** How reading the clock is named among what a rule reads: what has changed when time alone may change what the rule says. */
export const readingOfClock = 'clock.now';

/** How reading events of a type is named among what a rule reads. */
export function readingOfEvents(type: string): string {
  return `events.${type}`;
}

/** How reading membership of a segment is named among what a rule reads. */
export function readingOfSegment(key: string): string {
  return `segments.${key}`;
}

/** All that a rule or a formula reads of a customer: the keys of fields, and what the functions above name. */
export function readingsOf(node: Node): ReadonlySet<string> {
  const others = [
    [...eventTypesOf(node)].map(readingOfEvents),
    [...segmentsOf(node).keys()].map(readingOfSegment),
    readsClock(node) ? [readingOfClock] : [],
  ];
  return new Set([...fieldsOf(node), ...others.flat()]);
}
