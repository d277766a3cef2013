import type { Locale } from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import { useSpoken } from './spoken.ts';

/** Numbers, days, instants and lists as a reader of one language writes them. */
export interface Format {
  number(value: number): string;
  /** Where there is little room, as in charts: 1.2万, 12K. */
  short(value: number): string;
  /** Of a part in 0 … 1; a part that is there but rounds to nothing is told as such. */
  share(part: number): string;
  /** Of a calendar day, `YYYY-MM-DD`. */
  day(value: string): string;
  /** Of an instant, in the zone of the browser. */
  instant(value: string): string;
  list(values: readonly string[]): string;
}

/** The formats of one language. */
function formatOf(language: Locale): Format {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 15 });
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const shares = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const instants = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const lists = new Intl.ListFormat(language);
  return {
    number: (value) => numbers.format(value),
    short: (value) => short.format(value),
    share: (part) => (part > 0 && part < 0.001 ? `<${shares.format(0.001)}` : shares.format(part)),
    day: (value) => formatted(days, value),
    instant: (value) => formatted(instants, value),
    list: (values) => lists.format(values),
  };
}

/** What is no date is shown as it is, rather than not at all. */
function formatted(format: Intl.DateTimeFormat, value: string): string {
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? value : format.format(at);
}

/** The formats of the language in use. */
export function useFormat(): ComputedRef<Format> {
  const { locale } = useSpoken();
  return computed(() => formatOf(locale.value));
}
