import type { CheckScope, Node, Operator, SqlTarget } from '../ast.ts';
import { dayOf } from '../calendar.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import type { Sentence } from '../locale.ts';
import type { Moment } from '../moment.ts';
import { whenNoneIsEmptyElse } from '../portable.ts';
import { operandsOnce } from '../sql.ts';
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
    say: ([operand], reader) => number.words[reader.locale].replace('{}', () => sayOperand(operand!, reader)),
  };
}
