import type { CheckScope, Node, Operator, Span, SqlSpan, SqlTarget, Stays } from '../ast.ts';
import { dayOf } from '../calendar.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import type { Sentence } from '../locale.ts';
import type { Moment } from '../moment.ts';
import { whenNoneIsEmptyElse } from '../portable.ts';
import { readsClock } from '../references.ts';
import { dayOfValue, nextStart } from '../schedule/clock.ts';
import { daysAsInSql, everythingInSql, startAheadInSql } from '../schedule/spans-in-sql.ts';
import { everything, only, sameDay } from '../schedule/spans.ts';
import { staysInSql } from '../schedule/stays-in-sql.ts';
import { compileStays, never } from '../schedule/stays.ts';
import { bindInSql, nodeToSql, operandsOnce } from '../sql.ts';
import { sayOperand } from '../text.ts';
import type { OrderWords } from '../types/value-type.ts';
import { refuseNull } from './comparing.ts';
import { sentence } from '../locale.ts';

/** Checks an operand that is a date or an instant; a literal is a date if it has the form of one. */
export function checkTime(index: number, scope: CheckScope): Node | undefined {
  const path = `${scope.path}/${index}`;
  const node = scope.operand(index);
  if (node === undefined) return undefined;
  if (node.type === 'NULL') return refuseNull(scope, path);
  if (node.type === 'DATE' || node.type === 'DATETIME') return node;
  if (node.kind === 'literal' && typeof node.value === 'string') {
    return scope.settle(node, /^\d{4}-\d{2}-\d{2}$/.test(node.value) ? 'DATE' : 'DATETIME', undefined, path);
  }
  return scope.report(path, 'TYPE', sentence('这里需要日期或时间', 'A date or a time is expected here'));
}

/** The local day of what a node gives, as a Postgres expression of that. */
export function dayInSql({ type }: Node, value: string, target: SqlTarget): string {
  return type === 'DATE' ? value : `(${value} AT TIME ZONE ${target.parameter(target.moment.timeZone)})::date`;
}

/** The year of a Postgres expression of a day or a local time, which is written twice. Postgres has no year 0: 1 BC is -1. */
export function yearInSql(local: string): string {
  return `(extract(year from ${local}) + (extract(year from ${local}) < 0)::int)`;
}

/** How a number is compared with another. */
export type Counted = keyof OrderWords | 'is';

/** A number that is told by a day and today. */
export interface DayNumber {
  readonly key: string;
  /** By the number of the day; null: there is none. */
  of(day: number, moment: Moment): number | null;
  /** The same of the Postgres expression of a day, which may be empty; it may be written more than once. */
  sql(day: string, target: SqlTarget): string;
  /** In how many days a number leaves a span, or is there at last; none to come and infinitely many are never. */
  leaves(day: number, own: number | null, within: Span, moment: Moment): number;
  /** The same of Postgres expressions that are bound; NULL is never. */
  leavesInSql(day: string, own: string, within: SqlSpan, target: SqlTarget): string;
  /** Around the name of what the day is of: `{}` stands for it. */
  readonly words: Sentence;
  /** How it reads when it is compared with so many days or years, where that is better than the number of them; `{span}` is how many. */
  readonly compared: {
    readonly unit: 'day' | 'year';
    readonly words: Readonly<Partial<Record<Counted, Sentence>>>;
    /** That it is 0. */
    readonly none?: Sentence;
  };
}

/** What the portable form registers: the number of a stored value, null where it is empty. */
export function dayNumberOf({ of }: DayNumber, value: Value, moment: Moment): number | null {
  return typeof value === 'string' ? of(dayOf(value, moment.timeZone), moment) : null;
}

/** As long as neither today nor another day takes the number out of a span. */
function stays(number: DayNumber, operand: Node): Stays {
  const [value, operandStays] = [compileNode(operand), compileStays(operand)];
  return (row, moment, within) => {
    const time = value(row, moment);
    if (typeof time !== 'string') return operandStays(row, moment, everything);
    const { timeZone } = moment;
    const day = dayOfValue(time, timeZone);
    const own = number.of(day, moment);
    const span = within ?? (own === null ? everything : only(own));
    const until = nextStart([moment.day + number.leaves(day, own, span, moment)], moment);
    if (operandStays === never) return until;
    return Math.min(until, operandStays(row, moment, sameDay(operand, time, timeZone)));
  };
}

function toStaysInSql(number: DayNumber, operand: Node, target: SqlTarget, within?: SqlSpan): string {
  const { from, to } = within ?? everythingInSql('double precision');
  const operandsDay = dayInSql(operand, nodeToSql(operand, target), target);
  return bindInSql([operandsDay, from, to], (outer) => {
    const reckoned = `(${number.sql(outer[0]!, target)})::double precision`;
    return bindInSql([reckoned, ...outer], ([own, day, first, end]) => {
      const span = within ? { from: first!, to: end! } : { from: own!, to: `(${own!} + 1)` };
      const until = startAheadInSql(number.leavesInSql(day!, own!, span, target), target);
      if (!readsClock(operand)) return until;
      const sameDayInSql = daysAsInSql(operand, { from: day!, to: `${day!} + 1` }, target);
      return `LEAST(${until}, ${staysInSql(operand, target, sameDayInSql)})`;
    });
  });
}

/** Makes an operation that gives a number of a date, or of the local day of an instant; empty where that is. */
export function ofADay(number: DayNumber): Operator {
  return {
    key: number.key,
    type: 'NUMBER',
    gives: 'value',
    readsClock: true,
    arity: { min: 1, max: 1 },
    check(_operands: readonly Rule[], scope) {
      const node = checkTime(0, scope);
      return node && [node];
    },
    js([operand]) {
      const value = compileNode(operand!);
      return (row, moment) => dayNumberOf(number, value(row, moment), moment);
    },
    sql: ([operand], target) =>
      operandsOnce(
        [operand!],
        target,
        ([value]) => `(${number.sql(dayInSql(operand!, value!, target), target)})::double precision`,
      ),
    portable: (operands) => whenNoneIsEmptyElse(null, operands, ([value]) => ({ [number.key]: [value!] })),
    course: {
      js: ([operand]) => stays(number, operand!),
      sql: ([operand], target, within) => toStaysInSql(number, operand!, target, within),
    },
    say: ([operand], reader) => number.words[reader.locale].replace('{}', () => sayOperand(operand!, reader)),
  };
}
