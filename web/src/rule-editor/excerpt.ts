import { fieldTypes, type Catalogue, type FieldDefinition, type Json, type Rule } from '@kequn/rules';
import type { Excerpt, OnField } from './draft.ts';
import { operation, variableOf } from './patterns.ts';

/* A part of a text: from a character on, counted from 1 at either end, and as far as is said. */

/** How far a part can reach, as it is offered. */
export const reaches: readonly Excerpt['reach'][] = ['length', 'rest', 'without'];

/** Whether a part can be taken of a field. */
export function isTakenOf({ type }: FieldDefinition): boolean {
  return fieldTypes[type].valueType === 'TEXT';
}

/** A part that was just chosen: the first characters, as many as are still to be filled in. */
export function newExcerpt({ key }: OnField): Excerpt {
  return { kind: 'excerpt', key, fromEnd: false, place: 1, reach: 'length', count: null };
}

/** Whether all that is asked for is filled in, with whole numbers from 1 on. */
export function isExcerptInFull({ place, reach, count }: Excerpt): boolean {
  return isCounting(place) && (reach === 'rest' || isCounting(count));
}

function isCounting(value: Json): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** A part of a text as the value that it is in a rule, which counts characters from 0, and from −1 at the end. */
export function writeExcerpt({ key, fromEnd, place, reach, count }: Excerpt): Rule {
  const start = fromEnd ? -Number(place) : Number(place) - 1;
  if (reach === 'rest') return { substr: [{ var: key }, start] };
  return { substr: [{ var: key }, start, reach === 'without' ? -Number(count) : Number(count)] };
}

/** Draws a part of a text; undefined for what no line can draw, such as a part whose length is that of a field. */
export function drawExcerpt(rule: Rule, catalogue: Catalogue): Excerpt | undefined {
  const [name, [text = null, start = null, length] = []] = operation(rule) ?? [];
  const field = catalogue.fields.get(variableOf(text) ?? '');
  if (name !== 'substr' || !field || !isTakenOf(field) || typeof start !== 'number') return undefined;
  const [fromEnd, place] = start < 0 ? [true, -start] : [false, start + 1];
  const drawn = { ...newExcerpt({ kind: 'field', key: field.key }), fromEnd, place };
  if (length === undefined) return isCounting(place) ? { ...drawn, reach: 'rest' } : undefined;
  if (typeof length !== 'number') return undefined;
  const reaching: Excerpt = { ...drawn, reach: length < 0 ? 'without' : 'length', count: Math.abs(length) };
  return isExcerptInFull(reaching) ? reaching : undefined;
}
