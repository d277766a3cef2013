import type { CheckScope, Node, Operator, Span, SqlSpan, SqlTarget, Stays } from '../ast.ts';
import { dayOf, elapsed, localTime, numberOf, partsOf } from '../calendar.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { sentence, type Sentence } from '../locale.ts';
import { nodeToPortable } from '../portable.ts';
import { dayOfValue } from '../schedule/clock.ts';
import { offsetAt } from '../zone.ts';
import { daysAsInSql, everythingInSql } from '../schedule/spans-in-sql.ts';
import { daysAs, everything, only } from '../schedule/spans.ts';
import { staysInSql } from '../schedule/stays-in-sql.ts';
import { compileStays } from '../schedule/stays.ts';
import { bindInSql, nodeToSql, operandsOnce } from '../sql.ts';
import { sayAround, sayOperand } from '../text.ts';
import { checkTime, dayInSql, yearInSql } from './of-a-day.ts';
import { checkHour, writtenLiteral } from './time-unit.ts';

/** What can be asked of a date or an instant; the hour of an instant alone. */
export type TimePart = 'year' | 'month' | 'day' | 'weekday' | 'hour';

const words: Readonly<Record<TimePart, Sentence>> = {
  year: sentence('{}的年份', 'the year of {}'),
  month: sentence('{}的月份', 'the month of {}'),
  day: sentence('{}的日（1 到 31）', 'the day of the month of {}'),
  weekday: sentence('{}的星期（星期一为 1）', 'the weekday of {} (Monday is 1)'),
  hour: sentence('{}的钟点', 'the hour of {}'),
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

/** The days around one of which a part lies in a span, as far as it does not begin again from the least. */
function daysOfPart(day: number, part: Exclude<TimePart, 'hour'>, { from, to }: Span): Span {
  const { year, month, day: ofMonth } = partsOf(day);
  const [first, end] = [Math.max(from, leastOf(part)), Math.min(to, mostOf[part] + 1)];
  switch (part) {
    case 'year':
      return { from: firstOf(first, 1), to: firstOf(end, 1) };
    case 'month':
      return { from: firstOf(year, first), to: firstOf(year, end) };
    case 'day':
      return { from: day - ofMonth + first, to: Math.min(day - ofMonth + end, firstOf(year, month + 1)) };
    case 'weekday': {
      const sunday = day - (((((day + 3) % 7) + 7) % 7) + 1);
      return { from: sunday + first, to: sunday + end };
    }
  }
}

const mostOf = { year: 9999, month: 12, day: 31, weekday: 7, hour: 23 } as const;

function leastOf(part: TimePart): number {
  return part === 'year' || part === 'hour' ? 0 : 1;
}

function firstOf(year: number, month: number): number {
  return numberOf({ year, month, day: 1 });
}

/** The time from the start of an hour to the end of a span of hours of the day; to the end of the hour, if clocks change before. */
function hoursAround(at: number, to: number, timeZone: string): Span {
  const offset = offsetAt(at, timeZone);
  const ofDay = (((at + offset) % elapsed.day) + elapsed.day) % elapsed.day;
  const from = at - (ofDay % elapsed.hour);
  const end = at - ofDay + Math.min(to, 24) * elapsed.hour;
  return { from, to: offsetAt(end, timeZone) === offset ? end : from + elapsed.hour };
}

function stays(operands: readonly Node[]): Stays {
  const [node, asked] = [operands[0]!, timePartOf(operands)];
  const [value, nodeStays] = [compileNode(node), compileStays(node)];
  return (row, moment, within) => {
    const { timeZone } = moment;
    const time = value(row, moment);
    if (typeof time !== 'string') return nodeStays(row, moment, everything);
    const span = within ?? only(partOfTime(time, asked, timeZone)!);
    if (span.from <= leastOf(asked) && span.to > mostOf[asked]) return nodeStays(row, moment, everything);
    if (asked === 'hour') return nodeStays(row, moment, hoursAround(Date.parse(time), span.to, timeZone));
    return nodeStays(row, moment, daysAs(node, daysOfPart(dayOfValue(time, timeZone), asked, span), timeZone));
  };
}

/** The same days in Postgres, of a day and ends that are bound. */
function daysOfPartInSql(day: string, part: Exclude<TimePart, 'hour'>, { from, to }: SqlSpan): SqlSpan {
  const first = `GREATEST(${from}, ${leastOf(part)})`;
  const end = `LEAST(${to}, ${mostOf[part] + 1})`;
  const start = (back: string) => `${day} - extract(${back} from ${day})::int`;
  const months = (count: string) => `(${start('doy')} + 1 + make_interval(months => (${count})::int))::date`;
  const nextMonth = `(${start('day')} + 1 + make_interval(months => 1))::date`;
  switch (part) {
    case 'year': {
      const year = (asked: string) => months(`GREATEST(${asked} - ${yearInSql(day)}, -3000) * 12`);
      return { from: year(first), to: year(end) };
    }
    case 'month':
      return { from: months(`${first} - 1`), to: months(`${end} - 1`) };
    case 'day':
      return { from: `${start('day')} + (${first})::int`, to: `LEAST(${start('day')} + (${end})::int, ${nextMonth})` };
    case 'weekday':
      return { from: `${start('isodow')} + (${first})::int`, to: `${start('isodow')} + (${end})::int` };
  }
}

/** The same time in Postgres, of an instant and an end that are bound. */
function hoursAroundInSql(at: string, to: string, target: SqlTarget): SqlSpan {
  const zone = target.parameter(target.moment.timeZone);
  const local = `(${at} AT TIME ZONE ${zone})`;
  const ofDay = `extract(epoch from ${local}::time)::double precision`;
  const after = (seconds: string) => `(${at} + make_interval(secs => ${seconds}))`;
  const ahead = `LEAST(${to}, 24) * 3600 - ${ofDay}`;
  const isEven = `${after(ahead)} AT TIME ZONE ${zone} = ${local} + make_interval(secs => ${ahead})`;
  const ofHour = `(extract(minute from ${local}) * 60 + extract(second from ${local}))::double precision`;
  return {
    from: after(`-${ofHour}`),
    to: `CASE WHEN ${isEven} THEN ${after(ahead)} ELSE ${after(`3600 - ${ofHour}`)} END`,
  };
}

function toStaysInSql(operands: readonly Node[], target: SqlTarget, within?: SqlSpan): string {
  const [node, asked] = [operands[0]!, timePartOf(operands)];
  const { from, to } = within ?? everythingInSql('double precision');
  const time = nodeToSql(node, target);
  const read = asked === 'hour' ? time : dayInSql(node, time, target);
  return bindInSql([read, from, to, part.sql(operands, target)], ([value, first, end, own]) => {
    const span = within ? { from: first!, to: end! } : { from: own!, to: `(${own!} + 1)` };
    const around =
      asked === 'hour'
        ? hoursAroundInSql(value!, span.to, target)
        : daysAsInSql(node, daysOfPartInSql(value!, asked, span), target);
    return staysInSql(node, target, around);
  });
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
  course: { js: stays, sql: toStaysInSql },
  say: (operands, reader) => sayAround(words[timePartOf(operands)], sayOperand(operands[0]!, reader), reader),
};
