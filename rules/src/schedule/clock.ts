import type { Node } from '../ast.ts';
import { dayBounds, dayName, elapsed } from '../calendar.ts';
import type { Moment } from '../moment.ts';
import { offsetAt } from '../zone.ts';

const DAY = elapsed.day;

/** Clocks have shown up to 16 hours more or less than UTC; there is a change of them nearby if they go differently at these ends. */
const AROUND = 18 * elapsed.hour;

/** An instant as it is stored. */
export function instantAt(at: number): string {
  return new Date(at).toISOString();
}

/** The number of the local day of an instant. */
export function localDayAt(at: number, timeZone: string): number {
  return Math.floor((at + offsetAt(at, timeZone)) / DAY);
}

/** The day of a stored value: of a date itself, of an instant the local day. */
export function dayOfValue(value: string, timeZone: string): number {
  const at = Date.parse(value);
  return value.length === 10 ? at / DAY : localDayAt(at, timeZone);
}

/** Another moment than one, for the same viewer in the same zone. */
export function momentFrom(at: number, moment: Moment): Moment {
  const day = localDayAt(at, moment.timeZone);
  return { ...moment, now: instantAt(at), today: dayName(day), day };
}

/** The next moment of all at which a day, or an instant, can be another one: by it one sees whether it moves. */
export function stepAfter({ type }: Node, moment: Moment): Moment {
  if (type !== 'DATE') return { ...moment, now: instantAt(Date.parse(moment.now) + 1) };
  const day = Math.min(moment.day + 1, dayBounds.last);
  return { ...moment, today: dayName(day), day };
}

/** The first instant of a local day or, where clocks skip it, after it; infinite beyond the days that can be stored. */
export function startOfLocalDay(day: number, timeZone: string): number {
  if (!(day >= dayBounds.first)) return -Infinity;
  if (day > dayBounds.last + 1) return Infinity;
  let [before, from] = [day * DAY - AROUND, day * DAY + AROUND];
  const offset = offsetAt(before, timeZone);
  if (offset === offsetAt(from, timeZone)) return day * DAY - offset;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (localDayAt(middle, timeZone) >= day) from = middle;
    else before = middle;
  }
  return from;
}

/** The start of the first of some days that is still to come. */
export function nextStart(days: readonly number[], { day: today, timeZone }: Moment): number {
  const next = nextOf(days, today);
  return next > dayBounds.last ? Infinity : startOfLocalDay(next, timeZone);
}

/** The least of some days or instants that comes after another one; infinite where none does. */
export function nextOf(all: readonly number[], after: number): number {
  let next = Infinity;
  for (const each of all) if (each > after && each < next) next = each;
  return next;
}
