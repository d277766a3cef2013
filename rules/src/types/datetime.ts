import { sentence } from '../locale.ts';
import { startOfDay } from './date.ts';
import { instantOrdering } from './ordering.ts';
import type { ValueTypeDefinition } from './value-type.ts';

const shape = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/**
 * Brings an instant to its normal form, UTC with milliseconds (`2026-11-23T01:02:03.004Z`); further digits are cut off.
 * Undefined where the text is no instant with an offset in the years 0001 to 9999.
 */
export function normalInstant(raw: string): string | undefined {
  const match = shape.exec(raw);
  const day = match?.[1] === undefined ? undefined : startOfDay(match[1]);
  if (!match || day === undefined) return undefined;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  const [offsetHour, offsetMinute] = [Number(match[7] ?? 0), Number(match[8] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 15 || offsetMinute > 59) return undefined;
  const offset = (offsetHour * 60 + offsetMinute) * 60_000 * (match[6] === '-' ? -1 : 1);
  const milliseconds = Number((match[5] ?? '').padEnd(3, '0').slice(0, 3));
  const at = new Date(day + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offset);
  const year = at.getUTCFullYear();
  return year >= 1 && year <= 9999 ? at.toISOString() : undefined;
}

/** An instant with milliseconds. */
export const datetime: ValueTypeDefinition = {
  name: 'DATETIME',
  label: sentence('时间', 'date and time'),
  sqlType: 'timestamptz',
  comparable: true,
  words: { is: sentence('是', 'is'), isNot: sentence('不是', 'is not') },
  ordering: instantOrdering,
  literal(raw) {
    const value = typeof raw === 'string' ? normalInstant(raw) : undefined;
    if (value !== undefined) return { ok: true, value };
    return {
      ok: false,
      code: 'TYPE',
      message: sentence(
        '这里要填带时区的时间，如 2026-01-31T09:00+08:00',
        'An instant with its offset, such as 2026-01-31T09:00+08:00, is expected here',
      ),
    };
  },
  say(value, locale, { timeZone }) {
    const style = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const;
    return new Intl.DateTimeFormat(locale, style).format(new Date(String(value)));
  },
};
