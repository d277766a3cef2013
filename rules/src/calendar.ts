import { offsetAt } from './zone.ts';
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

/** The first and the last day that can be stored. */
export const dayBounds = { first: dayNumber('0001-01-01'), last: dayNumber('9999-12-31') } as const;

/** The first and the last instant that can be stored, in milliseconds. */
export const instantBounds = { first: dayBounds.first * DAY, last: (dayBounds.last + 1) * DAY - 1 } as const;

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

/**
 * An instant moved by a whole number of units, in milliseconds since 1970. Months and years move the local day and keep what the clock
 * shows, at the offset in force at the instant, so that no time is skipped or met twice.
 */
export function movedInstant(instant: string, by: number, unit: TimeUnit, timeZone: string): number {
  const at = Date.parse(instant);
  if (unit !== 'month' && unit !== 'year') return at + by * elapsed[unit];
  const day = localDay(instant, timeZone);
  return at + (movedDay(day, by, unit) - day) * DAY;
}

/** What the clocks of a zone show at an instant, in milliseconds since they showed the start of 1970-01-01. */
export function localTime(instant: string, timeZone: string): number {
  const at = Date.parse(instant);
  return at + offsetAt(at, timeZone);
}

/** The number of the day that it is in a zone at an instant. */
export function localDay(instant: string, timeZone: string): number {
  return Math.floor(localTime(instant, timeZone) / DAY);
}

/** The day of a stored value: of a date itself, of an instant the local day. */
export function dayOf(value: string, timeZone: string): number {
  return value.length === 10 ? dayNumber(value) : localDay(value, timeZone);
}
