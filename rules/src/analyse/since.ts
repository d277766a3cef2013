import type { Call, FieldReference, Literal, Node } from '../ast.ts';
import { elapsed, type TimeUnit } from '../calendar.ts';
import type { Moment } from '../moment.ts';
import { comparisons, isVarying } from './known-operators.ts';
import { asked, standIn } from './stand-in.ts';

/** A condition on how long ago the day or the instant of a field is: in days of a date, in milliseconds of an instant. */
export interface Since {
  readonly field: FieldReference;
  /** Where its answer can change. */
  readonly marks: readonly number[];
  /** Its marks are months, which are not always as long: true to the order of months, and by less than `LOOSE` days to all else. */
  readonly isLoose: boolean;
  /** Of so much time, negative for what is to come; null where the field is empty. */
  holds(since: number | null): boolean;
}

/** Days by which so many months may be longer or shorter than so many average ones, with room to spare. */
const LOOSE = 6;

/** Days of an average month. */
const MONTH = 30.436_875;

/** How many of its numbers a day has. */
function dayOf({ type }: Node): number {
  return type === 'DATE' ? 1 : elapsed.day;
}

/** By how much months that are asked of a field may be wrong. */
export function loosenessOf(sinces: readonly Since[]): number {
  const loose = sinces.find(({ isLoose }) => isLoose);
  return loose ? LOOSE * dayOf(loose.field) : 0;
}

/** Whether some number of months may or may not be longer than a number of days that is asked as well. */
export function areEntangled(sinces: readonly Since[]): boolean {
  const [months, days] = [true, false].map((isLoose) =>
    sinces.filter((since) => since.isLoose === isLoose).flatMap(({ marks }) => marks.filter((mark) => mark !== 0)),
  );
  return months!.some((month) => days!.some((day) => Math.abs(month - day) <= loosenessOf(sinces)));
}

/** What a call says of the time since a field, if that is all it says. */
export function sinceOf(call: Call, moment: Moment): Since | undefined {
  const { operator, operands } = call;
  if (operator.key.startsWith('within_')) return ofWindow(call);
  if (operator.key === 'in' && operands[1]?.kind === 'list') return ofDayNumber(call, moment);
  if (!comparisons.has(operator.key) || operands.length !== 2) return undefined;
  return ofClock(call, moment) ?? ofDayNumber(call, moment);
}

function ofWindow({ operator, operands: [field, count, unit] }: Call): Since | undefined {
  if (field?.kind !== 'field' || count?.kind !== 'literal' || unit?.kind !== 'literal') return undefined;
  const days = daysOf(unit.value as TimeUnit);
  const length = Math.round(Number(count.value) * days * dayOf(field));
  const isLoose = unit.value === 'month' || unit.value === 'year';
  const way = operator.key === 'within_last' ? 1 : -1;
  const holds = (since: number | null) => since !== null && since * way >= 0 && since * way < length;
  return { field, marks: [0, way * length], isLoose, holds };
}

function daysOf(unit: TimeUnit): number {
  if (unit === 'month' || unit === 'year') return unit === 'month' ? MONTH : 12 * MONTH;
  return elapsed[unit] / elapsed.day;
}

/** A field beside today or now. */
function ofClock(call: Call, moment: Moment): Since | undefined {
  const field = call.operands.find((node) => node.kind === 'field');
  const hasClock = call.operands.some((node) => node.kind === 'call' && ['today', 'now'].includes(node.operator.key));
  if (!field || !hasClock) return undefined;
  const zero: Literal = { kind: 'literal', type: 'NUMBER', value: 0 };
  const operands = call.operands.map((node) => (node === field ? standIn('time', 'NUMBER') : zero));
  const ask = asked(call, operands, moment);
  return { field, marks: [0], isLoose: false, holds: (since) => ask({ time: turned(since, -1) }) };
}

/** The days since or until a date beside literals; those of an instant are not its elapsed time. */
function ofDayNumber(call: Call, moment: Moment): Since | undefined {
  const subject = call.operands.find((node) => node.kind === 'call');
  const field = subject?.operands[0];
  const rest = call.operands.filter((node) => node !== subject);
  if (!subject || field?.kind !== 'field' || field.type !== 'DATE') return undefined;
  if (!['days_since', 'days_until'].includes(subject.operator.key) || rest.some(isVarying)) return undefined;
  const way = subject.operator.key === 'days_since' ? 1 : -1;
  const operands = call.operands.map((node) => (node === subject ? standIn('days', 'NUMBER') : node));
  const ask = asked(call, operands, moment);
  const marks = rest.flatMap(valuesOf).map((mark) => way * Number(mark));
  return { field, marks, isLoose: false, holds: (since) => ask({ days: turned(since, way) }) };
}

function turned(since: number | null, way: 1 | -1): number | null {
  return since === null ? null : way * since;
}

/** The values that a literal or a list of them writes; empty is none. */
export function valuesOf(node: Node): readonly NonNullable<Literal['value']>[] {
  if (node.kind === 'literal') return node.value === null ? [] : [node.value];
  return node.kind === 'list' ? node.literals.flatMap(valuesOf) : [];
}
