import type { CheckScope, Node, Operator, Reader, Span, SqlSpan, SqlTarget, Stays } from '../ast.ts';
import {
  dayBounds,
  dayName,
  dayOf,
  elapsed,
  instantBounds,
  movedDay,
  movedInstant,
  type TimeUnit,
} from '../calendar.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { sentence } from '../locale.ts';
import { nodeToPortable } from '../portable.ts';
import { readsClock } from '../references.ts';
import { dayOfValue, localDayAt } from '../schedule/clock.ts';
import { daysAsInSql, dayReachingInSql, millisecond, startInSql } from '../schedule/spans-in-sql.ts';
import { common, daysAs, dayReaching, everything, only, sameDay } from '../schedule/spans.ts';
import { staysInSql, staysTogetherInSql } from '../schedule/stays-in-sql.ts';
import { compileStays } from '../schedule/stays.ts';
import { bindInSql, nodeToSql, operandsOnce } from '../sql.ts';
import { joinWords, sayOperand } from '../text.ts';
import { checkAs } from './comparing.ts';
import { checkTime, dayInSql, yearInSql } from './of-a-day.ts';
import { checkTimeUnit, saySpan, unitWords, writtenLiteral } from './time-unit.ts';

/** No time is moved by more units than this. */
const FARTHEST = 1_000_000;

const later = sentence('{}往后推 {span}', '{span} after {}');
const earlier = sentence('{}往前推 {span}', '{span} before {}');
const plus = sentence('加', 'plus');

function check([, , unit]: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const [time, count] = [checkTime(0, scope), checkAs('NUMBER', 1, scope)];
  const known = time && checkTimeUnit(unit, time, scope);
  return known && count && [time, count, writtenLiteral('TEXT', known)];
}

function unitOf([, , unit]: readonly Node[]): TimeUnit {
  if (unit?.kind !== 'literal') throw new Error('The check lets only literals through');
  return unit.value as TimeUnit;
}

/** Units that are not always as long. */
function isOfMonths(unit: TimeUnit): unit is 'month' | 'year' {
  return unit === 'month' || unit === 'year';
}

function isUsable(count: number): boolean {
  return Number.isInteger(count) && Math.abs(count) <= FARTHEST;
}

/** A stored date or instant moved by so many units; empty where that leaves the years that can be stored. */
export function dateAdded(time: Value, count: Value, unit: TimeUnit, timeZone: string): string | null {
  if (typeof time !== 'string' || typeof count !== 'number') return null;
  if (!isUsable(count)) return null;
  if (time.length > 10) {
    const at = movedInstant(time, count, unit, timeZone);
    return at >= instantBounds.first && at <= instantBounds.last ? new Date(at).toISOString() : null;
  }
  const day = unit === 'hour' ? NaN : movedDay(dayOf(time, timeZone), count, unit);
  return day >= dayBounds.first && day <= dayBounds.last ? dayName(day) : null;
}

/** So many smaller units as an `int`; empty where the count cannot be used, so that nothing after it leaves the range of Postgres. */
function stepsInSql(count: string, each: number, isInRange: string): string {
  const isCount = `trunc(${count}) = ${count} AND abs(${count}) <= ${FARTHEST}`;
  return `(CASE WHEN ${isCount} AND ${isInRange} THEN ${count} * ${each} END)::int`;
}

/** Months to move a date or a local time by; what lands a year outside of those that can be stored may still be one in UTC. */
function monthsInSql(time: string, count: string, unit: TimeUnit, years: readonly [number, number]): string {
  const each = unit === 'year' ? 12 : 1;
  const month = `${yearInSql(time)} * 12 + extract(month from ${time}) - 1 + ${count} * ${each}`;
  const isInRange = `${month} BETWEEN ${years[0] * 12} AND ${years[1] * 12 + 11}`;
  return `make_interval(months => ${stepsInSql(count, each, isInRange)})`;
}

function ofDateInSql(date: string, count: string, unit: TimeUnit, target: SqlTarget): string {
  if (isOfMonths(unit)) return `(${date} + ${monthsInSql(date, count, unit, [1, 9999])})::date`;
  const days = unit === 'week' ? 7 : 1;
  const [first, length] = [target.parameter(dayName(dayBounds.first)), dayBounds.last - dayBounds.first];
  const isInRange = `${date} - ${first}::date + ${count} * ${days} BETWEEN 0 AND ${length}`;
  return `(${date} + ${stepsInSql(count, days, isInRange)})`;
}

function ofInstantInSql(instant: string, count: string, unit: TimeUnit, target: SqlTarget): string {
  if (!isOfMonths(unit)) {
    const hours = elapsed[unit] / elapsed.hour;
    const [first, end] = [instantBounds.first / 1000, (instantBounds.last + 1) / 1000];
    const seconds = `extract(epoch from ${instant}) + ${count} * ${hours * 3600}`;
    const isInRange = `${seconds} >= ${first} AND ${seconds} < ${end}`;
    return `(${instant} + make_interval(hours => ${stepsInSql(count, hours, isInRange)}))`;
  }
  const utc = target.parameter('UTC');
  const local = `(${instant} AT TIME ZONE ${target.parameter(target.moment.timeZone)})`;
  const offset = `(${local} - (${instant} AT TIME ZONE ${utc}))`;
  const moved = `((${local} + ${monthsInSql(local, count, unit, [0, 10_000])} - ${offset}) AT TIME ZONE ${utc})`;
  const [first, last] = [instantBounds.first, instantBounds.last].map(
    (at) => `${target.parameter(new Date(at).toISOString())}::timestamptz`,
  );
  return bindInSql([moved], ([at]) => `CASE WHEN ${at!} BETWEEN ${first!} AND ${last!} THEN ${at!} END`);
}

function toSql(operands: readonly Node[], target: SqlTarget): string {
  const [time, count] = operands;
  const write = time!.type === 'DATE' ? ofDateInSql : ofInstantInSql;
  return operandsOnce([time!, count!], target, ([from, by]) => write(from!, by!, unitOf(operands), target));
}

/** Instants moved by months or years go back a little where the 31st and the 1st become one day; further away they do not matter. */
const NEARBY = 5;

/** As long as the count stays, and the time does so among those that are moved into a span. */
function stays(operands: readonly Node[]): Stays {
  const unit = unitOf(operands);
  const [time, count] = [operands[0]!, operands[1]!];
  const [from, by] = [compileNode(time), compileNode(count)];
  const [timeStays, countStays] = [compileStays(time), compileStays(count)];
  return (row, moment, within) => {
    const [value, number] = [from(row, moment), by(row, moment)];
    const isThere = typeof value === 'string' && typeof number === 'number' && isUsable(number);
    const span = isThere ? spanBefore(time, value, { count: number, unit }, moment.timeZone, within) : everything;
    return Math.min(countStays(row, moment), timeStays(row, moment, span));
  };
}

/** By what a time is moved. */
interface Shift {
  readonly count: number;
  readonly unit: TimeUnit;
}

/** The times around one that are moved into a span; without a span, to the same. */
function spanBefore(node: Node, time: string, { count, unit }: Shift, timeZone: string, within?: Span): Span {
  if (node.type === 'DATE') {
    if (unit === 'hour') throw new Error('The check lets no hours of dates through');
    const moved = movedDay(dayOfValue(time, timeZone), count, unit);
    const span = reachable(moved, dayBounds, within);
    const before = { ...span, from: dayReaching(span.from, count, unit), to: dayReaching(span.to, count, unit) };
    return span.evenly && isOfMonths(unit) ? common(before, sameDay(node, time, timeZone)) : before;
  }
  const at = Date.parse(time);
  const day = localDayAt(at, timeZone);
  const moved = at + (isOfMonths(unit) ? (movedDay(day, count, unit) - day) * elapsed.day : count * elapsed[unit]);
  const span = reachable(moved, instantBounds, within);
  const exact = { ...span, from: span.from - moved + at, to: span.to - moved + at };
  if (!isOfMonths(unit)) return exact;
  const nearest = Math.min(moved - span.from, span.to - moved);
  if (nearest <= NEARBY * elapsed.day || span.evenly) return common(exact, sameDay(node, time, timeZone));
  const far = dayReaching(Math.floor(span.to / elapsed.day) - 2, count, unit);
  return daysAs(node, { from: day, to: far }, timeZone);
}

/** What of a span can be stored; of what cannot be stored itself, all that cannot be on the same side. */
function reachable(place: number, { first, last }: Record<'first' | 'last', number>, within?: Span): Span {
  if (!(place >= first)) return { from: -Infinity, to: first };
  if (place > last) return { from: last + 1, to: Infinity };
  return common({ from: first, to: last + 1 }, within ?? only(place));
}

function toStaysInSql(operands: readonly Node[], target: SqlTarget, within?: SqlSpan): string {
  const [time, count] = [operands[0]!, operands[1]!];
  const [unit, type] = [unitOf(operands), time.type === 'DATE' ? 'date' : 'timestamptz'];
  const ends = [within?.from, within?.to].map((end) => end ?? `NULL::${type}`);
  const moved = toSql(operands, target);
  const ofTime = bindInSql([nodeToSql(time, target), nodeToSql(count, target), moved, ...ends], (outer) => {
    const [value, by, at, from, to] = outer as [string, string, string, string, string];
    const step = time.type === 'DATE' ? '1' : millisecond;
    const asked = within ? { ...within, from, to } : { from: at, to: `${at} + ${step}` };
    const span = reachableInSql(time, by, at, asked, target);
    return bindInSql([value, by, at, span.from, span.to], (inner) => {
      const names = inner as [string, string, string, string, string];
      return staysInSql(time, target, spanBeforeInSql(time, unit, names, target, within?.evenly));
    });
  });
  return readsClock(count) ? `LEAST(${ofTime}, ${staysTogetherInSql([count], target)})` : ofTime;
}

/** What of a span can be stored, and so on as above; of a count that moves nothing, everything. */
function reachableInSql({ type }: Node, count: string, moved: string, within: SqlSpan, target: SqlTarget): SqlSpan {
  const isDate = type === 'DATE';
  const bounds = isDate
    ? [dayName(dayBounds.first), dayName(dayBounds.last)]
    : [instantBounds.first, instantBounds.last].map((at) => new Date(at).toISOString());
  const [first, last] = bounds.map((bound) => `${target.parameter(bound)}::${isDate ? 'date' : 'timestamptz'}`);
  const end = `${last!} + ${isDate ? '1' : millisecond}`;
  return {
    from: `CASE WHEN ${moved} IS NOT NULL THEN GREATEST(${within.from}, ${first!}) WHEN ${count} > 0 THEN ${end} END`,
    to: `CASE WHEN ${moved} IS NOT NULL THEN LEAST(${within.to}, ${end}) WHEN ${count} < 0 THEN ${first!} END`,
  };
}

function spanBeforeInSql(
  node: Node,
  unit: TimeUnit,
  [time, count, moved, from, to]: readonly [string, string, string, string, string],
  target: SqlTarget,
  evenly?: true,
): SqlSpan {
  const span = evenly ? { evenly } : {};
  if (node.type === 'DATE') {
    const before = (day: string) => dayReachingInSql(day, ofDateInSql(day, `(-${count})`, unit, target), unit);
    const isUneven = evenly && isOfMonths(unit);
    return { ...span, from: before(from), to: isUneven ? `LEAST(${before(to)}, ${time} + 1)` : before(to) };
  }
  if (!isOfMonths(unit)) {
    const before = (at: string) => ofInstantInSql(at, `(-${count})`, unit, target);
    return { ...span, from: before(from), to: before(to) };
  }
  const day = dayInSql(node, time, target);
  const today = daysAsInSql(node, { from: day, to: `${day} + 1` }, target);
  const secondsTo = (at: string) => `extract(epoch from ${at} - ${moved})::double precision`;
  const near = `LEAST(${today.to}, ${time} + make_interval(secs => ${secondsTo(to)}))`;
  if (evenly) return { from: today.from, to: near, evenly };
  const seconds = (NEARBY * elapsed.day) / 1000;
  const isFar = `${secondsTo(to)} > ${seconds} AND (${from} IS NULL OR -${secondsTo(from)} > ${seconds})`;
  const utcDay = `((${to} AT TIME ZONE ${target.parameter('UTC')})::date - 2)`;
  const farDay = dayReachingInSql(utcDay, ofDateInSql(utcDay, `(-${count})`, unit, target), unit);
  return { from: today.from, to: `CASE WHEN ${isFar} THEN ${startInSql(farDay, target)} ELSE ${near} END` };
}

function say(operands: readonly Node[], reader: Reader): string {
  const [time, count] = operands;
  const unit = unitOf(operands);
  const from = sayOperand(time!, reader);
  if (count!.kind !== 'literal') {
    const end = reader.locale === 'en' ? 's' : '';
    const words = [from, plus[reader.locale], sayOperand(count!, reader), unitWords[unit][reader.locale] + end];
    return joinWords(words, reader);
  }
  const by = Number(count!.value);
  return (by < 0 ? earlier : later)[reader.locale]
    .replace('{span}', saySpan(Math.abs(by), unit, reader))
    .replace('{}', () => from);
}

/** A date or an instant moved by so many units. */
export const dateAdd: Operator = {
  key: 'date_add',
  type: ([time]) => (time!.type === 'DATE' ? 'DATE' : 'DATETIME'),
  gives: 'value',
  isCompound: true,
  arity: { min: 3, max: 3 },
  check,
  js(operands) {
    const [time, count] = operands.map(compileNode);
    const unit = unitOf(operands);
    return (row, moment) => dateAdded(time!(row, moment), count!(row, moment), unit, moment.timeZone);
  },
  sql: toSql,
  portable: (operands) => ({ date_add: operands.map(nodeToPortable) }),
  course: { js: stays, sql: toStaysInSql },
  say,
};
