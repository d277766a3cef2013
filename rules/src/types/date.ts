import { dayFormat } from '../formats.ts';
import { sentence } from '../locale.ts';
import { dayOrdering } from './ordering.ts';
import type { ValueTypeDefinition } from './value-type.ts';

/** The instant at which a day begins in UTC, in milliseconds; undefined where the text is no real day of the years 0001 to 9999. */
export function startOfDay(day: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return undefined;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date);
  // The built-in calendar turns 30 February into 1 March; a real day comes back as it went in.
  const real = year >= 1 && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return real ? at.getTime() : undefined;
}

/** A calendar day, `YYYY-MM-DD`. */
export const date: ValueTypeDefinition = {
  name: 'DATE',
  label: sentence('日期', 'date'),
  sqlType: 'date',
  comparable: true,
  words: { is: sentence('是', 'is'), isNot: sentence('不是', 'is not') },
  ordering: dayOrdering,
  literal(raw) {
    if (typeof raw === 'string' && startOfDay(raw) !== undefined) return { ok: true, value: raw };
    return {
      ok: false,
      code: 'TYPE',
      message: sentence('这里要填真实的日期，如 2026-01-31', 'A real day such as 2026-01-31 is expected here'),
    };
  },
  say(value, locale) {
    const at = startOfDay(String(value));
    return dayFormat(locale).format(at);
  },
};
