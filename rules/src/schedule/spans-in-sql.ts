import type { Node, SqlSpan, SqlTarget } from '../ast.ts';
import { dayBounds, dayName, type TimeUnit } from '../calendar.ts';
import { bindInSql } from '../sql.ts';
import type { Sense } from './beside.ts';
import { stepAfter } from './clock.ts';
import { neverInSql } from './stays-in-sql.ts';

/** More days than there are until the last one that can be stored, whatever day it is. */
const MOST_DAYS = 4_000_000;

/** A millisecond. */
export const millisecond = 'make_interval(secs => 0.001)';

/** All values of a type: only an empty one lies outside. */
export function everythingInSql(sqlType: string): SqlSpan {
  return { from: `NULL::${sqlType}`, to: `NULL::${sqlType}` };
}

/** The day that it is. */
export function todayInSql(target: SqlTarget): string {
  return `${target.parameter(target.moment.today)}::date`;
}

/** The instant that it is. */
export function nowInSql(target: SqlTarget): string {
  return `${target.parameter(target.moment.now)}::timestamptz`;
}

/** The first instant of a local day. Where clocks go back over midnight, Postgres takes the later one of two. */
export function startInSql(day: string, target: SqlTarget): string {
  const zone = target.parameter(target.moment.timeZone);
  return bindInSql([day], ([bound]) => {
    const start = `(${bound!}::timestamp AT TIME ZONE ${zone})`;
    const earlier = `(${start} - make_interval(hours => 1))`;
    return `CASE WHEN (${earlier} AT TIME ZONE ${zone})::date >= ${bound!} THEN ${earlier} ELSE ${start} END`;
  });
}

/** The start of the first of some days that is still to come. */
export function nextStartInSql(days: readonly string[], target: SqlTarget): string {
  const last = `${target.parameter(dayName(dayBounds.last))}::date`;
  const next = bindInSql(days, (bound) => {
    const ahead = bound.map((day) => `CASE WHEN ${day} > ${todayInSql(target)} AND ${day} <= ${last} THEN ${day} END`);
    return `LEAST(${ahead.join(', ')})`;
  });
  return `COALESCE(${startInSql(next, target)}, ${neverInSql(target)})`;
}

/** The start of the day that is so many days ahead; never where that is none to come. */
export function startAheadInSql(days: string, target: SqlTarget): string {
  const whole = `LEAST(GREATEST(${days}, 0), ${MOST_DAYS})::int`;
  return nextStartInSql([`${todayInSql(target)} + ${whole}`], target);
}

/** The least of some instants that is still to come. */
export function nextOfInSql(instants: readonly string[], target: SqlTarget): string {
  return bindInSql(instants, (bound) => {
    const ahead = bound.map((at) => `CASE WHEN ${at} > ${nowInSql(target)} THEN ${at} END`);
    return `COALESCE(LEAST(${ahead.join(', ')}), ${neverInSql(target)})`;
  });
}

/** The days of a span of days as values of a type: of instants, those from the start of the first one to the start of the last one. */
export function daysAsInSql({ type }: Node, { from, to }: SqlSpan, target: SqlTarget): SqlSpan {
  if (type === 'DATE') return { from, to };
  return { from: startInSql(from, target), to: startInSql(to, target) };
}

/** Where the SQL is written for the next moment of all at which a day, or an instant, can be another one. */
export function stepAfterInSql(node: Node, target: SqlTarget): SqlTarget {
  return { ...target, moment: stepAfter(node, target.moment) };
}

/** The edges at a place that a value of a node may come to, which is bound: whole numbers, as what comes to them is. */
export function edgesInSql({ type }: Node, place: string, sense: Sense): readonly string[] {
  const isNumber = type === 'NUMBER';
  const at = isNumber ? `ceil(${place})` : place;
  const behind = isNumber ? `floor(${place}) + 1` : `${place} + ${type === 'DATE' ? '1' : millisecond}`;
  return sense === 'both' ? [at, behind] : [sense === 'at' ? at : behind];
}

/** The values from the last edge that is not behind one to the next. */
export function betweenInSql(place: string, edges: readonly string[]): SqlSpan {
  const [from, to] = ['<=', '>'].map((side) =>
    edges.map((edge) => `CASE WHEN ${edge} ${side} ${place} THEN ${edge} END`),
  );
  return { from: `GREATEST(${from!.join(', ')})`, to: `LEAST(${to!.join(', ')})` };
}

/** The first day that, moved by so many units, is a given day or a later one; `back` is that day moved back. */
export function dayReachingInSql(day: string, back: string, unit: TimeUnit): string {
  if (unit !== 'month' && unit !== 'year') return back;
  return bindInSql(
    [day, back],
    ([to, from]) => `${from!} + (extract(day from ${from!}) < extract(day from ${to!}))::int`,
  );
}
