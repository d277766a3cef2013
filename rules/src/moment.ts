import { dayName, localDay } from './calendar.ts';

/** When a rule is asked: one instant for all that one statement or one save decides, and the calendar in which it is read. */
export interface Moment {
  /** The instant in its normal form, UTC with milliseconds. */
  readonly now: string;
  /** The day that it is then in the zone, `YYYY-MM-DD`. */
  readonly today: string;
  /** The same day as a number, which is reckoned with. */
  readonly day: number;
  /** IANA name of the organisation's zone. */
  readonly timeZone: string;
}

/** The moment of an instant (in its normal form) in a zone. */
export function momentAt(now: string, timeZone: string): Moment {
  const day = localDay(now, timeZone);
  return { now, today: dayName(day), day, timeZone };
}
