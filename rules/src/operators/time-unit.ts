import { numberFormat } from '../formats.ts';
import type { CheckScope, Literal, Node, Reader } from '../ast.ts';
import { timeUnits, type TimeUnit } from '../calendar.ts';
import type { Rule } from '../json.ts';
import { sentence, type Sentence } from '../locale.ts';

/** One of each unit. */
export const unitWords: Readonly<Record<TimeUnit, Sentence>> = {
  hour: sentence('小时', 'hour'),
  day: sentence('天', 'day'),
  week: sentence('周', 'week'),
  month: sentence('个月', 'month'),
  year: sentence('年', 'year'),
};

/** Checks the third operand as a unit in which a date or an instant can be moved. */
export function checkTimeUnit(unit: Rule | undefined, time: Node, scope: CheckScope): TimeUnit | undefined {
  const path = `${scope.path}/2`;
  const known = timeUnits.find((each) => each === unit);
  if (!known) {
    const message = sentence('单位是 hour、day、week、month 或 year', 'The unit is hour, day, week, month or year');
    return scope.report(path, 'TYPE', message);
  }
  return known === 'hour' ? checkHour(time, known, path, scope) : known;
}

/** Refuses the hour of a date, which has none. */
export function checkHour<Hour>(time: Node, hour: Hour, path: string, scope: CheckScope): Hour | undefined {
  if (time.type !== 'DATE') return hour;
  return scope.report(path, 'TYPE', sentence('日期没有小时', 'A date has no hours'));
}

/** A literal that an operation reads as it is written, such as a unit. */
export function writtenLiteral(type: 'NUMBER' | 'TEXT', value: number | string): Literal {
  return Object.freeze<Literal>({ kind: 'literal', type, value });
}

/** So many units in words. */
export function saySpan(count: number, unit: TimeUnit, { locale }: Reader): string {
  const end = locale === 'en' && count !== 1 ? 's' : '';
  return `${numberFormat(locale).format(count)} ${unitWords[unit][locale]}${end}`;
}
