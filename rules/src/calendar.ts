import { startOfDay } from './types/date.ts';

/** Units in which a window or a shift of time is measured. */
export const timeUnits = ['hour', 'day', 'week', 'month', 'year'] as const;

/** One of `timeUnits`. */
export type TimeUnit = (typeof timeUnits)[number];

/** Milliseconds of a day that has 24 hours. */
const DAY = 86_400_000;

/** Milliseconds of the units that are elapsed time. */
export const elapsed: Readonly<Record<'hour' | 'day' | 'week', number>> = { hour: DAY / 24, day: DAY, week: 7 * DAY };

/** Days since 1970-01-01, of a day as it is stored (`YYYY-MM-DD`). */
function dayNumber(day: string): number {
  const at = startOfDay(day);
  if (at === undefined) throw new Error('The check lets only real days through');
  return at / DAY;
}

/** A day by its number, as it is stored. */
export function dayName(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Year, month (1 to 12) and day of the month. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The parts of a day by its number; the calendar is the Gregorian one at all times, with a year 0. */
export function partsOf(day: number): CalendarDay {
  const at = new Date(day * DAY);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

/** The number of a day; one past the end of its month is the last day of it. */
export function numberOf({ year, month, day }: CalendarDay): number {
  return startOf(year, month) + Math.min(day, startOf(year, month + 1) - startOf(year, month)) - 1;
}

/** The number of the first day of a month; months beyond 1 to 12 are of other years. */
function startOf(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, 1) / DAY;
}

/** A day moved by a whole number of units; the 31st of a shorter month is its last day. */
export function movedDay(day: number, by: number, unit: Exclude<TimeUnit, 'hour'>): number {
  if (unit === 'day') return day + by;
  if (unit === 'week') return day + 7 * by;
  const { year, month, day: ofMonth } = partsOf(day);
  const months = unit === 'month' ? by : 12 * by;
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1 + months, 1);
  return numberOf({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: ofMonth });
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const parts = { era: 'short', year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-US', { ...parts, timeZone, calendar: 'gregory' });
  clocks.set(timeZone, made);
  return made;
}

/** The number of the day that it is in a zone at an instant. */
export function localDay(instant: string, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(new Date(instant));
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const isBeforeChrist = parts.some(({ type, value }) => type === 'era' && value.startsWith('B'));
  const year = isBeforeChrist ? 1 - read('year') : read('year');
  return numberOf({ year, month: read('month'), day: read('day') });
}

/** The day of a stored value: of a date itself, of an instant the local day. */
export function dayOf(value: string, timeZone: string): number {
  return value.length === 10 ? dayNumber(value) : localDay(value, timeZone);
}
