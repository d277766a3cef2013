import type { CheckScope, Node, Operator, Reader, SqlSpan, SqlTarget, Stays } from '../ast.ts';
import { dayName, dayOf, elapsed, movedDay, type TimeUnit } from '../calendar.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { sentence, type Sentence } from '../locale.ts';
import type { Moment } from '../moment.ts';
import { whenNoneIsEmpty } from '../portable.ts';
import { readsClock } from '../references.ts';
import { dayOfValue, nextOf, nextStart, stepAfter } from '../schedule/clock.ts';
import {
  daysAsInSql,
  dayReachingInSql,
  everythingInSql,
  millisecond,
  nextOfInSql,
  nextStartInSql,
  stepAfterInSql,
} from '../schedule/spans-in-sql.ts';
import { common, dayReaching, evenly, everything, sameDay } from '../schedule/spans.ts';
import { staysInSql } from '../schedule/stays-in-sql.ts';
import { compileStays, never } from '../schedule/stays.ts';
import { bindInSql, nodeToSql, operandsOnce } from '../sql.ts';
import { joinWords, sayOperand } from '../text.ts';
import { checkTime, dayInSql } from './of-a-day.ts';
import { checkTimeUnit, saySpan, unitWords, writtenLiteral } from './time-unit.ts';

/** A thousand years of each unit: no window is longer. */
const longest: Readonly<Record<TimeUnit, number>> = {
  hour: 8_784_000,
  day: 366_000,
  week: 52_000,
  month: 12_000,
  year: 1_000,
};

/** Which way a window looks. */
export interface Window {
  readonly key: 'within_last' | 'within_next';
  readonly way: -1 | 1;
  readonly words: Sentence;
  readonly negated: Sentence;
}

/** How long a window is. */
interface Length {
  readonly count: number;
  readonly unit: TimeUnit;
}

function check([, count, unit]: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const time = checkTime(0, scope);
  const known = time && checkTimeUnit(unit, time, scope);
  if (!known) return undefined;
  if (!Number.isInteger(count) || Number(count) < 1 || Number(count) > longest[known]) {
    const most = longest[known];
    const message = sentence(`这里需要 1 到 ${most} 的整数`, `A whole number from 1 to ${most} is expected here`);
    return scope.report(`${scope.path}/1`, 'TYPE', message);
  }
  return [time, writtenLiteral('NUMBER', Number(count)), writtenLiteral('TEXT', known)];
}

function lengthOf([, count, unit]: readonly Node[]): Length {
  if (count?.kind !== 'literal' || unit?.kind !== 'literal') throw new Error('The check lets only literals through');
  return { count: Number(count.value), unit: unit.value as TimeUnit };
}

/** The far end of a window of days, which does not belong to it. */
function farDay({ way }: Window, { count, unit }: Length, { day }: Moment): number {
  return movedDay(day, way * count, unit === 'hour' ? 'day' : unit);
}

/** The far end of a window of elapsed time, which does not belong to it; undefined where the unit is of the calendar. */
function farInstant({ way }: Window, { count, unit }: Length, { now }: Moment): string | undefined {
  if (unit === 'month' || unit === 'year') return undefined;
  return new Date(Date.parse(now) + way * count * elapsed[unit]).toISOString();
}

/** Whether a stored date or instant lies in a window. */
export function isWithinWindow(window: Window, value: Value, length: Length, moment: Moment): boolean {
  if (typeof value !== 'string') return false;
  const { way } = window;
  const isBeyond = (a: string | number, b: string | number) => (way < 0 ? a > b : a < b);
  const isDate = value.length === 10;
  const near = isDate ? moment.today : moment.now;
  if (isBeyond(value, near)) return false;
  const far = isDate ? undefined : farInstant(window, length, moment);
  return far === undefined
    ? isBeyond(dayOf(value, moment.timeZone), farDay(window, length, moment))
    : isBeyond(value, far);
}

function toSql(window: Window, operands: readonly Node[], target: SqlTarget): string {
  const [time] = operands;
  const [near, far] = window.way < 0 ? ['<=', '>'] : ['>=', '<'];
  const { moment } = target;
  const length = lengthOf(operands);
  const instant = time!.type === 'DATE' ? undefined : farInstant(window, length, moment);
  const type = time!.type === 'DATE' ? 'date' : 'timestamptz';
  return operandsOnce([time!], target, ([value]) => {
    const begins = `${value!} ${near} ${target.parameter(type === 'date' ? moment.today : moment.now)}::${type}`;
    const ends =
      instant === undefined
        ? `${dayInSql(time!, value!, target)} ${far} ${target.parameter(dayName(farDay(window, length, moment)))}::date`
        : `${value!} ${far} ${target.parameter(instant)}::timestamptz`;
    return `((${begins} AND ${ends}) IS TRUE)`;
  });
}

/** As long as neither the time nor what it is compared with takes it into a window or out of it. */
function stays(window: Window, operands: readonly Node[]): Stays {
  const time = operands[0]!;
  const length = lengthOf(operands);
  const [value, timeStays, turn] = [compileNode(time), compileStays(time), turnOf(window, length, time)];
  return (row, moment) => {
    const at = value(row, moment);
    if (typeof at !== 'string') return timeStays(row, moment, everything);
    if (timeStays === never) return turn(at, moment);
    const around = isElapsed(length.unit) ? evenly : common(evenly, sameDay(time, at, moment.timeZone));
    const until = timeStays(row, moment, around);
    if (value(row, stepAfter(time, moment)) === at) return Math.min(turn(at, moment), until);
    // What moves with now stays as far from it.
    return isElapsed(length.unit) ? until : Math.min(nextStart([moment.day + 1], moment), until);
  };
}

/** When a window next begins or ceases to hold what stands still: as today comes to a day, or now to an instant. */
function turnOf({ way }: Window, { count, unit }: Length, { type }: Node): (at: string, moment: Moment) => number {
  const behind = way < 0 ? 0 : 1;
  const farFrom = (day: number) => (unit === 'hour' ? day : dayReaching(day + behind, way * count, unit));
  if (type === 'DATE') {
    return (at, moment) => {
      const day = dayOfValue(at, moment.timeZone);
      return nextStart([day + behind, farFrom(day)], moment);
    };
  }
  if (isElapsed(unit)) {
    const span = way * count * elapsed[unit];
    return (at, { now }) => {
      const instant = Date.parse(at) + behind;
      return nextOf([instant, instant - span], Date.parse(now));
    };
  }
  return (at, moment) => {
    const far = nextStart([farFrom(dayOfValue(at, moment.timeZone))], moment);
    return Math.min(nextOf([Date.parse(at) + behind], Date.parse(moment.now)), far);
  };
}

function isElapsed(unit: TimeUnit): unit is keyof typeof elapsed {
  return unit in elapsed;
}

function toStaysInSql(window: Window, operands: readonly Node[], target: SqlTarget): string {
  const time = operands[0]!;
  const length = lengthOf(operands);
  const read = [dayInSql(time, nodeToSql(time, target), target), nodeToSql(time, target)];
  if (readsClock(time)) read.push(nodeToSql(time, stepAfterInSql(time, target)));
  return bindInSql(read, ([day, value, next]) => {
    const all: string[] = [];
    // What moves with now stays as far from it.
    const ifStill = (at: string) => (next === undefined ? at : `CASE WHEN ${next} = ${value!} THEN ${at} END`);
    const days = turningDaysInSql(window, day!, length, time, target);
    if (days.length > 0) all.push(nextStartInSql(isElapsed(length.unit) ? days.map(ifStill) : days, target));
    const instants = time.type === 'DATE' ? [] : turningInstantsInSql(window, value!, length, target);
    if (instants.length > 0) all.push(nextOfInSql(instants.map(ifStill), target));
    if (next !== undefined) all.push(staysInSql(time, target, aroundInSql(time, day!, length, target)));
    return `LEAST(${all.join(', ')})`;
  });
}

/** The times around one that lie in windows as it does, as long as neither today nor now changes that. */
function aroundInSql(time: Node, day: string, { unit }: Length, target: SqlTarget): SqlSpan {
  const around = isElapsed(unit)
    ? everythingInSql(time.type === 'DATE' ? 'date' : 'timestamptz')
    : daysAsInSql(time, { from: day, to: `${day} + 1` }, target);
  return { ...around, evenly: true };
}

function turningDaysInSql(
  { way }: Window,
  day: string,
  { count, unit }: Length,
  { type }: Node,
  target: SqlTarget,
): readonly string[] {
  if (unit === 'hour' || (type !== 'DATE' && isElapsed(unit))) return [];
  const near = way < 0 ? day : `(${day} + 1)`;
  const by = `${target.parameter(-way * count)}::int`;
  const months = `${by} * ${unit === 'year' ? 12 : 1}`;
  const back = isElapsed(unit)
    ? `${near} + ${by} * ${elapsed[unit] / elapsed.day}`
    : `(${near} + make_interval(months => ${months}))::date`;
  const far = dayReachingInSql(near, back, unit);
  return type === 'DATE' ? [near, far] : [far];
}

function turningInstantsInSql(
  { way }: Window,
  at: string,
  { count, unit }: Length,
  target: SqlTarget,
): readonly string[] {
  const near = way < 0 ? at : `(${at} + ${millisecond})`;
  if (!isElapsed(unit)) return [near];
  const hours = `${target.parameter(-way * count)}::int * ${elapsed[unit] / elapsed.hour}`;
  return [near, `${near} + make_interval(hours => ${hours})`];
}

function say(words: Sentence, operands: readonly Node[], reader: Reader): string {
  const { count, unit } = lengthOf(operands);
  const isOne = reader.locale === 'en' && count === 1;
  const span = isOne ? unitWords[unit].en : saySpan(count, unit, reader);
  return joinWords([sayOperand(operands[0]!, reader), words[reader.locale].replace('{}', span)], reader);
}

/** Makes one of the two windows: each day and each instant enters it once and leaves it once as time goes on. */
export function within(window: Window): Operator {
  return {
    key: window.key,
    type: 'BOOLEAN',
    gives: 'predicate',
    readsClock: true,
    arity: { min: 3, max: 3 },
    check,
    js(operands) {
      const value = compileNode(operands[0]!);
      const length = lengthOf(operands);
      return (row, moment) => isWithinWindow(window, value(row, moment), length, moment);
    },
    sql: (operands, target) => toSql(window, operands, target),
    portable(operands) {
      const { count, unit } = lengthOf(operands);
      return whenNoneIsEmpty([operands[0]!], ([time]) => ({ [window.key]: [time!, count, unit] }));
    },
    course: {
      js: (operands) => stays(window, operands),
      sql: (operands, target) => toStaysInSql(window, operands, target),
    },
    say: (operands, reader) => say(window.words, operands, reader),
    sayNot: (operands, reader) => say(window.negated, operands, reader),
  };
}
