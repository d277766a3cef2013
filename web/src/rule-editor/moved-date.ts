import { fieldTypes, type Catalogue, type FieldDefinition, type Json, type Rule } from '@kequn/rules';

/* A date or an instant that is not written out, to compare with: today, now or a field, moved by so much time or not. */

/** Whether and where a date is moved. */
export type Shift = 'none' | 'after' | 'before';

/** What a date is reckoned from, and how far it is from there. */
export interface MovedDate {
  readonly kind: 'moved';
  /** Null for the day or the instant at which the rule is asked; otherwise a field. */
  readonly field: string | null;
  readonly ofDay: boolean;
  readonly shift: Shift;
  /** May be half typed; null where nothing is. */
  readonly count: Json;
  readonly unit: Json;
  readonly [part: string]: Json;
}

/** Today, or now for a field of instants, or the value of a field: not moved. */
export function unmoved(field: string | null, ofDay: boolean): MovedDate {
  return { kind: 'moved', field, ofDay, shift: 'none', count: null, unit: 'day' };
}

/** Whether what a line compares with is such a date. */
export function isMovedDate(value: Json): value is MovedDate {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && 'kind' in value;
}

/** Whether it is moved, by so many units as have to be filled in. */
export function isMoved({ shift }: MovedDate): boolean {
  return shift !== 'none';
}

/** The fields that something can be compared with by a date; none for what is no date. */
export function basesOf(field: FieldDefinition, catalogue: Catalogue): readonly FieldDefinition[] {
  const { valueType } = fieldTypes[field.type];
  if (valueType !== 'DATE' && valueType !== 'DATETIME') return [];
  return [...catalogue.fields.values()].filter(({ type }) => fieldTypes[type].valueType === valueType);
}

/** A moved date as it is in a rule. */
export function writeMovedDate({ field, ofDay, shift, count, unit }: MovedDate): Rule {
  const base: Rule = field === null ? { [ofDay ? 'today' : 'now']: [] } : { var: field };
  if (shift === 'none') return base;
  // Of nothing the opposite would be −0, which is not written.
  const by = shift === 'before' && typeof count === 'number' ? 0 - count : count;
  return { date_add: [base, by, unit] };
}

/** Draws a date that a field is compared with; undefined for what is written out and for what no line can draw. */
export function drawMovedDate(rule: Rule, field: FieldDefinition, catalogue: Catalogue): MovedDate | undefined {
  const bases = basesOf(field, catalogue);
  if (bases.length === 0 || rule === null || typeof rule !== 'object' || Array.isArray(rule)) return undefined;
  const { date_add: moved } = rule as Readonly<Record<string, Json>>;
  const [from = null, count = null, unit = null] = Array.isArray(moved) ? (moved as readonly Json[]) : [rule];
  const key = bases.find((base) => JSON.stringify({ var: base.key }) === JSON.stringify(from))?.key;
  const ofDay = fieldTypes[field.type].valueType === 'DATE';
  const isNow = JSON.stringify(from) === JSON.stringify({ [ofDay ? 'today' : 'now']: [] });
  if (key === undefined && !isNow) return undefined;
  const base = unmoved(key ?? null, ofDay);
  if (moved === undefined) return base;
  if (typeof count !== 'number' || typeof unit !== 'string') return undefined;
  return { ...base, shift: count < 0 ? 'before' : 'after', count: Math.abs(count), unit };
}
