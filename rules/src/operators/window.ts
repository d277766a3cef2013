import type { CheckScope, Node, Operator, Reader, SqlTarget } from '../ast.ts';
import { dayName, dayOf, elapsed, movedDay, type TimeUnit } from '../calendar.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { sentence, type Sentence } from '../locale.ts';
import type { Moment } from '../moment.ts';
import { whenNoneIsEmpty } from '../portable.ts';
import { operandsOnce } from '../sql.ts';
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
    say: (operands, reader) => say(window.words, operands, reader),
    sayNot: (operands, reader) => say(window.negated, operands, reader),
  };
}
