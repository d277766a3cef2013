import { fieldTypes, type FieldDefinition, type Json, type Rule } from '@kequn/rules';

type AskedField = Pick<FieldDefinition, 'key' | 'type'>;

/** That an answer holds a value, as a chart tells it: of a choice of several one of them. */
export function isValue({ key, type }: AskedField, value: Json): Rule {
  return fieldTypes[type].valueType === 'OPTIONS' ? { in: [value, { var: key }] } : { '==': [{ var: key }, value] };
}

/** That it names a division of China or one inside it. */
export function isWithin({ key }: AskedField, code: string): Rule {
  return { within_region: [{ var: key }, code] };
}

/** Digits to which an end between two ranges is written: the rest is what dividing has left. */
const DIGITS = 12;

/**
 * That it lies in one of the ranges of a chart. The first and the last have one end only: of a sensitive field they hold what lies beyond too. Where
 * there is but one, everything lies in it.
 */
export function isInRange(
  { key }: AskedField,
  ranges: readonly { readonly from: Json; readonly to: Json }[],
  at: number,
): Rule {
  const field = { var: key };
  if (ranges.length === 1) return { '!=': [field, null] };
  const above: Rule = { '>=': [field, endOf(ranges[at]!.from)] };
  const below: Rule = { '<': [field, endOf(ranges[at]!.to)] };
  if (at === 0) return below;
  return at === ranges.length - 1 ? above : { and: [above, below] };
}

function endOf(end: Json): Json {
  return typeof end === 'number' ? Number(end.toPrecision(DIGITS)) : end;
}

/** The conditions of a filter that all have to hold. */
function conditionsIn(filter: Rule | null): readonly Rule[] {
  if (filter === null) return [];
  const joined = typeof filter === 'object' && !Array.isArray(filter) ? (filter as { and?: Rule })['and'] : undefined;
  return Array.isArray(joined) ? (joined as readonly Rule[]) : [filter];
}

/** Whether a filter asks for a condition, among others that have to hold too. */
export function asksFor(filter: Rule | null, condition: Rule): boolean {
  const parts = new Set(conditionsIn(filter).map((part) => JSON.stringify(part)));
  return conditionsIn(condition).every((part) => parts.has(JSON.stringify(part)));
}

/** The same filter with one condition more that has to hold, or without it where it asks for it. */
export function withToggled(filter: Rule | null, condition: Rule): Rule | null {
  const parts = conditionsIn(condition);
  const texts = new Set(parts.map((part) => JSON.stringify(part)));
  const isAsked = asksFor(filter, condition);
  const others = conditionsIn(filter).filter((part) => !texts.has(JSON.stringify(part)));
  const all = isAsked ? others : [...others, ...parts];
  if (all.length <= 1) return all[0] ?? null;
  return { and: all };
}
