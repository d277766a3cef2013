import { startOfLocalDay } from '../schedule/clock.ts';
import { sentence } from '../locale.ts';
import { startOfDay } from '../types/date.ts';
import { normalInstant } from '../types/datetime.ts';
import { offsetAt } from '../zone.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { maskDay } from './masks.ts';

/** An instant with milliseconds; one without an offset is refused. */
export const datetime: FieldTypeDefinition = {
  name: 'DATETIME',
  label: sentence('日期时间', 'Date and time'),
  valueType: 'DATETIME',
  column: 'timestamptz(3)',
  canBeUnique: true,
  searchable: false,
  mask: maskDay,
  settings: {},
  accept(raw) {
    if (typeof raw !== 'string') return refuse('WRONG_TYPE', sentence('请填写时间', 'A date and time is expected'));
    const value = normalInstant(raw.trim());
    return value === undefined
      ? refuse('INVALID', sentence('日期和时间不完整，或没有时区', 'Not a whole date and time, or without its offset'))
      : accepted(value);
  },
  toText: (value, _field, { timeZone }) => localText(String(value), timeZone),
  fromText(text, _field, { timeZone }) {
    const written = text.trim();
    if (normalInstant(written) !== undefined) return written;
    const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?$/.exec(written);
    const day = match?.[1] === undefined ? undefined : startOfDay(match[1]);
    if (!match || day === undefined) return undefined;
    if (match[2] === undefined) return startOfLocalDayText(day, timeZone);
    const shown = normalInstant(`${match[1]}T${match[2]}Z`);
    return shown && instantShownAs(Date.parse(shown), timeZone);
  },
};

const DAY = 86_400_000;
const MINUTE = 60_000;

/** An instant as the clocks of a zone show it, with their offset, which makes it the same instant everywhere. */
function localText(instant: string, timeZone: string): string {
  const at = Date.parse(instant);
  const offset = offsetAt(at, timeZone);
  const shown = new Date(at + offset);
  // Before there were zones clocks were off by seconds, which nobody writes; and the first day here may be none there.
  if (offset % MINUTE !== 0 || shown.getUTCFullYear() < 1 || shown.getUTCFullYear() > 9999) return instant;
  const [hours, minutes] = [Math.floor(Math.abs(offset) / (60 * MINUTE)), (Math.abs(offset) / MINUTE) % 60];
  const ofZone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  return shown.toISOString().replace(/(?::00)?\.000Z$|Z$/, '') + ofZone;
}

function startOfLocalDayText(day: number, timeZone: string): string | undefined {
  return instantIn(startOfLocalDay(day / DAY, timeZone));
}

/** The one instant at which clocks show this; undefined where they skip it or show it twice. */
function instantShownAs(shown: number, timeZone: string): string | undefined {
  const offsets = new Set([offsetAt(shown - DAY, timeZone), offsetAt(shown + DAY, timeZone)]);
  const found = [...offsets].map((offset) => shown - offset).filter((at) => at + offsetAt(at, timeZone) === shown);
  return found.length === 1 ? instantIn(found[0]!) : undefined;
}

function instantIn(at: number): string | undefined {
  const year = new Date(at).getUTCFullYear();
  return year >= 1 && year <= 9999 ? new Date(at).toISOString() : undefined;
}
