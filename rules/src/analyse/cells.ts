import { dayName, elapsed } from '../calendar.ts';
import type { FieldDefinition } from '../fields/field-definition.ts';
import type { Value } from '../json.ts';
import type { Varying } from './known-operators.ts';
import { startOfDay } from '../types/date.ts';
import { compareText } from '../types/text.ts';
import type { ValueType } from '../types/value-type.ts';

/** Values that no comparison with the marks of a variable tells apart, by one of them. */
export interface Cell {
  readonly value: Value;
  /** It is this one value, not others like it. */
  readonly isOne: boolean;
  /** The largest of the values where they are times or whole numbers. */
  readonly last: number;
}

/** Divides all values that something may have, and more where that is simpler, by the values it is compared with. */
export type Division = (marks: ReadonlySet<Value>) => readonly Cell[];

/** What is never stored: it stands for all values that a rule does not name. */
const OTHER = '\u0001';

function cell(value: Value, isOne: boolean, last = Infinity): Cell {
  return { value, isOne, last };
}

/** The same values, and that there is none. */
export function orEmpty(divide: Division): Division {
  return (marks) => [cell(null, true), ...divide(marks)];
}

function numbersOf(marks: ReadonlySet<Value>): readonly number[] {
  return [...marks].filter((mark) => typeof mark === 'number').toSorted((a, b) => a - b);
}

/** Numbers of any kind: each mark, and what lies between two. */
const numbers: Division = (marks) => {
  const sorted = numbersOf(marks);
  const gaps = sorted.map((mark, index) => cell((mark + (sorted[index + 1] ?? mark + 2)) / 2, false));
  return [...sorted.map((mark) => cell(mark, true)), ...gaps, cell((sorted[0] ?? 0) - 1, false)];
};

/** Whole numbers from `from` to `to`; each gap is known by its first and its last number. */
export function wholeNumbers(from: number, to: number): Division {
  return (marks) => {
    const near = numbersOf(marks).flatMap((mark) => [Math.ceil(mark) - 1, mark, Math.floor(mark) + 1]);
    const inside = near.filter(
      (each) => (Number.isInteger(each) || !Number.isFinite(each)) && each >= from && each <= to,
    );
    return [...new Set([from, ...inside, to])].map((each) => cell(each, marks.has(each), each));
  };
}

/** Times, whole numbers under another name. */
function times(read: (mark: Value) => number, write: (time: number) => string, from: string, to: string): Division {
  const divide = wholeNumbers(read(from), read(to));
  return (marks) =>
    divide(new Set([...marks].map(read))).map(({ value, isOne, last }) => cell(write(Number(value)), isOne, last));
}

function numberOfDay(day: Value): number {
  return startOfDay(String(day))! / elapsed.day;
}

function milliseconds(instant: Value): number {
  return Date.parse(String(instant));
}

function instantAt(time: number): string {
  return new Date(time).toISOString();
}

/** In the order of code points: each mark, and what follows it; nothing that is written begins with U+0001. */
const texts: Division = (marks) => {
  const sorted = [...marks].filter((mark) => typeof mark === 'string').toSorted(compareText);
  return [cell(OTHER, false), ...sorted.flatMap((mark) => [cell(mark, true), cell(mark + OTHER, false)])];
};

/** The first text after all that begin with one; undefined where none is. */
export function afterAllWith(prefix: string): string | undefined {
  const points = [...prefix];
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const point = last.codePointAt(0)! + 1;
    // Surrogates are no characters.
    if (point <= 0x10ffff) return points.join('') + String.fromCodePoint(point === 0xd800 ? 0xe000 : point);
  }
  return undefined;
}

/** The marks and all else. */
const names: Division = (marks) => [...[...marks].map((mark) => cell(mark, true)), cell(OTHER, false)];

/** Divisions by code: each mark, others in the same city and province, and elsewhere. */
const regions: Division = (marks) => {
  const others = [...marks].flatMap((mark) => [2, 4].map((length) => String(mark).slice(0, length).padEnd(6, OTHER)));
  return [...names(marks), ...[...new Set(others)].map((other) => cell(other, false))];
};

/** A comparison of two values: less, equal or greater. */
export const compared: Division = () => [-1, 0, 1].map((order) => cell(order, false));

/** Two values that are one: if they are there, they are equal. */
export const alike: Division = () => [cell(0, false)];

const divisions: Readonly<Record<ValueType, Division>> = {
  TEXT: texts,
  NUMBER: numbers,
  BOOLEAN: () => [cell(true, true), cell(false, true)],
  DATE: times(numberOfDay, dayName, '0001-01-01', '9999-12-31'),
  DATETIME: times(milliseconds, instantAt, '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'),
  OPTION: names,
  OPTIONS: names,
  EVENTS: names,
  REGION: regions,
  USER: names,
};

/** The stars of a rating are these at the most, whatever its field asks for. */
const stars = wholeNumbers(1, 10);

/** How the values of a field divide. */
export function divisionOfField(type: ValueType, field: FieldDefinition): Division {
  if (field.type === 'RATING') return stars;
  return field.type === 'SELECT' ? () => field.options.map(({ key }) => cell(key, true)) : divisions[type];
}

const integers = wholeNumbers(-Infinity, Infinity);

/** How the values of an operation, or of what customers did, divide. */
export function divisionOf(node: Varying): Division {
  const key = node.kind === 'call' ? node.operator.key : '';
  if (key === 'days_since' || key === 'days_until') return integers;
  if (key === 'years_since') return wholeNumbers(0, Infinity);
  return key === 'days_to_anniversary' ? wholeNumbers(0, 366) : divisions[node.type];
}
