import { dayName, localDay } from './calendar.ts';

/** When a rule is asked, and by whom: one instant for all that one statement or one save decides, and the calendar in which it is read. */
export interface Moment {
  /** The instant in its normal form, UTC with milliseconds. */
  readonly now: string;
  /** The day that it is then in the zone, `YYYY-MM-DD`. */
  readonly today: string;
  /** The same day as a number, which is reckoned with. */
  readonly day: number;
  /** IANA name of the organisation's zone. */
  readonly timeZone: string;
  /** Who asks; undefined where nobody looks on, as when memberships are decided. */
  readonly viewer?: AskingViewer | undefined;
}

/** Whoever asks, as rules see them. */
export interface AskingViewer {
  /** The id of the user. */
  readonly id: string;
  /** What the organisation keeps about the user, by key; a rule reads an attribute as the type that its place asks for. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The moment of an instant (in its normal form) in a zone, and who asks then. */
export function momentAt(now: string, timeZone: string, viewer?: AskingViewer): Moment {
  const day = localDay(now, timeZone);
  return { now, today: dayName(day), day, timeZone, viewer };
}
