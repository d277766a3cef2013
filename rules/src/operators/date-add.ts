import type { CheckScope, Node, Operator, Reader, SqlTarget } from '../ast.ts';
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
import { bindInSql, operandsOnce } from '../sql.ts';
import { joinWords, sayOperand } from '../text.ts';
import { checkAs } from './comparing.ts';
import { checkTime, yearInSql } from './of-a-day.ts';
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

/** A stored date or instant moved by so many units; empty where that leaves the years that can be stored. */
export function dateAdded(time: Value, count: Value, unit: TimeUnit, timeZone: string): string | null {
  if (typeof time !== 'string' || typeof count !== 'number') return null;
  if (!Number.isInteger(count) || Math.abs(count) > FARTHEST) return null;
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
  if (unit === 'month' || unit === 'year') return `(${date} + ${monthsInSql(date, count, unit, [1, 9999])})::date`;
  const days = unit === 'week' ? 7 : 1;
  const [first, length] = [target.parameter(dayName(dayBounds.first)), dayBounds.last - dayBounds.first];
  const isInRange = `${date} - ${first}::date + ${count} * ${days} BETWEEN 0 AND ${length}`;
  return `(${date} + ${stepsInSql(count, days, isInRange)})`;
}

function ofInstantInSql(instant: string, count: string, unit: TimeUnit, target: SqlTarget): string {
  if (unit !== 'month' && unit !== 'year') {
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
  say,
};
