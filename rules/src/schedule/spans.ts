import type { Node, Span } from '../ast.ts';
import { elapsed, movedDay, partsOf, type TimeUnit } from '../calendar.ts';
import type { Value } from '../json.ts';
import { dayOfValue, startOfLocalDay } from './clock.ts';

/** All values: only an empty one lies outside. */
export const everything: Span = { from: -Infinity, to: Infinity };

/** All days and instants, as long as they stand still or move with today and now. */
export const evenly: Span = { ...everything, evenly: true };

/** One whole value alone. */
export function only(place: number): Span {
  return { from: place, to: place + 1 };
}

/** Whether a node gives a day or an instant. */
export function isTime({ type }: Node): boolean {
  return type === 'DATE' || type === 'DATETIME';
}

/** Whether values of a node lie in spans. */
export function hasSpans(node: Node): boolean {
  return node.type === 'NUMBER' || isTime(node);
}

/** The number by which a value of such a type lies in spans; NaN of an empty one. */
export function placeOf(value: Value): number {
  if (typeof value !== 'string') return value === null ? NaN : Number(value);
  const at = Date.parse(value);
  return value.length === 10 ? at / elapsed.day : at;
}

/** The values from the last edge that is not behind one to the next. */
export function between(place: number, edges: readonly number[]): Span {
  let [from, to] = [-Infinity, Infinity];
  for (const edge of edges) {
    if (edge <= place) from = Math.max(from, edge);
    else to = Math.min(to, edge);
  }
  return { from, to };
}

/** The days of a span of days as values of a type: of instants, those from the start of the first one to the start of the last one. */
export function daysAs({ type }: Node, { from, to }: Span, timeZone: string): Span {
  if (type === 'DATE') return { from, to };
  return { from: startOfLocalDay(from, timeZone), to: startOfLocalDay(to, timeZone) };
}

/** The values of the same day as one. */
export function sameDay(node: Node, value: string, timeZone: string): Span {
  const day = dayOfValue(value, timeZone);
  return daysAs(node, { from: day, to: day + 1 }, timeZone);
}

/** The values that lie in both. */
export function common(a: Span, b: Span): Span {
  return { ...a, ...b, from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
}

/** The first day that, moved by so many units, is a given day or a later one. */
export function dayReaching(day: number, by: number, unit: Exclude<TimeUnit, 'hour'>): number {
  if (!Number.isFinite(day)) return day;
  const back = movedDay(day, -by, unit);
  const isOfMonths = unit === 'month' || unit === 'year';
  // From a shorter month, the 31st is reached by the first day of the next one only.
  return isOfMonths && partsOf(back).day < partsOf(day).day ? back + 1 : back;
}
