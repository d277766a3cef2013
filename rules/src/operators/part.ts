import type { CheckScope, Node, Operator } from '../ast.ts';
import { dayOf, localTime, partsOf } from '../calendar.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { sentence, type Sentence } from '../locale.ts';
import { nodeToPortable } from '../portable.ts';
import { operandsOnce } from '../sql.ts';
import { sayAround, sayOperand } from '../text.ts';
import { checkTime, yearInSql } from './of-a-day.ts';
import { checkHour, writtenLiteral } from './time-unit.ts';

/** What can be asked of a date or an instant; the hour of an instant alone. */
export type TimePart = 'year' | 'month' | 'day' | 'weekday' | 'hour';

const words: Readonly<Record<TimePart, Sentence>> = {
  year: sentence('{}的年份', 'the year of {}'),
  month: sentence('{}的月份', 'the month of {}'),
  day: sentence('{}的日（1 到 31）', 'the day of the month of {}'),
  weekday: sentence('{}的星期（星期一为 1）', 'the weekday of {} (Monday is 1)'),
  hour: sentence('{}的小时', 'the hour of {}'),
};

function isPart(part: Rule | undefined): part is TimePart {
  return typeof part === 'string' && Object.hasOwn(words, part);
}

function check([, part]: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const time = checkTime(0, scope);
  const path = `${scope.path}/1`;
  if (!isPart(part)) {
    const message = sentence(
      '这里需要 year、month、day、weekday 或 hour',
      'One of year, month, day, weekday and hour is expected here',
    );
    return scope.report(path, 'TYPE', message);
  }
  const known = time && (part === 'hour' ? checkHour(time, part, path, scope) : part);
  return known && [time, writtenLiteral('TEXT', known)];
}

/** The part that an operation asks for. */
export function timePartOf([, part]: readonly Node[]): TimePart {
  if (part?.kind !== 'literal') throw new Error('The check lets only literals through');
  return part.value as TimePart;
}

/** A part of a stored date, or of an instant by the clock and the calendar of the zone. */
export function partOfTime(time: Value, part: TimePart, timeZone: string): number | null {
  if (typeof time !== 'string') return null;
  if (part === 'hour') return new Date(localTime(time, timeZone)).getUTCHours();
  const day = dayOf(time, timeZone);
  // Day 0, 1970-01-01, was a Thursday; `%` keeps the sign of days before.
  return part === 'weekday' ? ((((day + 3) % 7) + 7) % 7) + 1 : partsOf(day)[part];
}

function partInSql(local: string, part: TimePart): string {
  if (part === 'year') return yearInSql(local);
  return `extract(${part === 'weekday' ? 'isodow' : part} from ${local})`;
}

/** One number of a date or a local time. */
export const part: Operator = {
  key: 'part',
  type: 'NUMBER',
  gives: 'value',
  arity: { min: 2, max: 2 },
  check,
  js(operands) {
    const time = compileNode(operands[0]!);
    const asked = timePartOf(operands);
    return (row, moment) => partOfTime(time(row, moment), asked, moment.timeZone);
  },
  sql: (operands, target) =>
    operandsOnce([operands[0]!], target, ([time]) => {
      const isDate = operands[0]!.type === 'DATE';
      const local = isDate ? time! : `(${time!} AT TIME ZONE ${target.parameter(target.moment.timeZone)})`;
      return `${partInSql(local, timePartOf(operands))}::double precision`;
    }),
  portable: (operands) => ({ part: operands.map(nodeToPortable) }),
  say: (operands, reader) => sayAround(words[timePartOf(operands)], sayOperand(operands[0]!, reader), reader),
};
