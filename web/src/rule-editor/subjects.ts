import {
  eventProperty,
  eventsKey,
  fieldTypes,
  segmentsKey,
  type Catalogue,
  type FieldDefinition,
  type Json,
  type Rule,
} from '@kequn/rules';
import { newBehaviour, propertiesOf, withEventType, writeBehaviour } from './behaviour.ts';
import type { Comparison, Line, OperatorName, Subject } from './draft.ts';
import { isMovedDate, writeMovedDate } from './moved-date.ts';
import { onField, scaleOf, valueOf, writeOnField } from './on-field.ts';
import {
  compareAnew,
  operatorsOf,
  operatorsOfCounts,
  operatorsOfFiles,
  operatorsOfMembership,
  operatorsOfTotals,
} from './operators.ts';

/** How many times something was done, as the field that it would be. */
const times = eventProperty('times', 'NUMBER', '');

/** What a subject is chosen by. No field can be called as the events and the segments are. */
export function keyOf(subject: Subject): string {
  if (subject.kind === 'membership') return segmentsKey;
  return subject.kind === 'behaviour' ? `${eventsKey}.${subject.eventType}` : subject.key;
}

/** The subject that is chosen by a key, in the place of a former one; undefined where there is none. */
export function subjectOf(key: string, catalogue: Catalogue, former: Subject | null = null): Subject | undefined {
  if (key === segmentsKey) return catalogue.segments && { kind: 'membership' };
  if (!key.startsWith(`${eventsKey}.`)) return onField(key, catalogue, former);
  const eventType = key.slice(eventsKey.length + 1);
  if (!catalogue.events?.has(eventType)) return undefined;
  return former?.kind === 'behaviour' ? withEventType(former, eventType, catalogue) : newBehaviour(eventType);
}

/** The field that the value of a subject is, or would be; undefined for membership and where there is none any more. */
export function comparedAs(subject: Subject, catalogue: Catalogue): FieldDefinition | undefined {
  if (subject.kind === 'membership') return undefined;
  if (subject.kind !== 'behaviour') return valueOf(subject, catalogue);
  if (subject.fold === 'count') return times;
  return propertiesOf(subject.eventType, catalogue).find(({ key }) => key === subject.property);
}

/** The comparisons that are offered for a subject. */
export function operatorsFor(subject: Subject, catalogue: Catalogue): readonly OperatorName[] {
  if (subject.kind === 'membership') return operatorsOfMembership;
  const field = comparedAs(subject, catalogue);
  if (!field) return [];
  if (subject.kind === 'behaviour' && subject.fold === 'count') return operatorsOfCounts;
  if (subject.kind === 'behaviour' && subject.fold === 'sum') return operatorsOfTotals;
  return field.type === 'FILE' ? operatorsOfFiles : operatorsOf[fieldTypes[field.type].valueType];
}

/** How a line compares once it is about this subject: that something was done at least once, until something else is said. */
export function compareSubject(line: Line, subject: Subject, catalogue: Catalogue): Comparison {
  if (subject.kind === 'behaviour' && line.subject?.kind !== 'behaviour') return { operator: 'atLeast', values: [1] };
  const [before, after] = [line.subject, subject].map((one) => one && comparedAs(one, catalogue));
  const [former, next] = [before, after].map((field) => field && fieldTypes[field.type].valueType);
  // An option of one field means nothing in another, even where both are called alike; and a month is no year.
  const isSameField = before !== undefined && before === after;
  const keepsValues =
    next === former && (next !== 'OPTION' || isSameField) && scaleOf(line.subject) === scaleOf(subject);
  return compareAnew(line, operatorsFor(subject, catalogue), keepsValues);
}

/** A subject as the value that it is in a rule; membership has none, its comparisons say all. */
export function writeSubject(subject: Subject): Rule {
  if (subject.kind === 'membership') return null;
  return subject.kind === 'behaviour' ? writeBehaviour(subject) : writeOnField(subject);
}

/** What a subject is compared with, as it is in a rule. */
export function writeValues(subject: Subject, values: readonly Json[]): readonly Json[] {
  const isOfSmallLetters = subject.kind === 'derived' && subject.derivation === 'lower';
  return values.map((value) => {
    if (isMovedDate(value)) return writeMovedDate(value);
    return isOfSmallLetters && typeof value === 'string' ? value.toLowerCase() : value;
  });
}
