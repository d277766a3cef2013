import type { FieldType, Json } from '@kequn/rules';

/** Stands for a date of which a part is entered; it is none, and told as such. */
export const unfinished = '?';

/** What an input of a browser shows of a day, or of an instant in the zone of the browser; empty where it is none. */
export function shownDate(type: FieldType, value: Json): string {
  if (typeof value !== 'string' || value === unfinished) return '';
  if (type === 'DATE') return value;
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return '';
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 'YYYY-MM-DDTHH:mm'.length);
}

/** The day or the instant that was entered; null where the input is empty. */
export function enteredDate(type: FieldType, text: string): Json {
  if (text === '') return null;
  if (type === 'DATE') return text;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? unfinished : at.toISOString();
}
