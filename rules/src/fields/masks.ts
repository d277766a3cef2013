import type { Value } from '../json.ts';

/** Of a value nothing is shown but that there is one. */
export const hidden = '***';

/** The number of an identity card of the People's Republic of China (GB 11643), in its present and its former length. */
const identityNumber = /^(\d{17}[\dXx]|\d{15})$/;

/** A text by its first character; the number of an identity card by the province and the last four. How long it is is not told. */
export function maskText(value: Value): string {
  const text = String(value);
  if (identityNumber.test(text)) return `${text.slice(0, 2)}****${text.slice(-4)}`;
  const [first = ''] = text;
  return text.length > first.length ? `${first}*` : '*';
}

/** An address by the first character of its name, and its host. */
export function maskEmail(value: Value): string {
  const [name = '', host = ''] = String(value).split('@');
  return `${name.length > 1 ? name[0] : ''}***@${host}`;
}

/** A phone number (E.164) by what stands before and after the middle four digits; a Chinese one without its country. */
export function maskPhone(value: Value): string {
  const number = String(value).replace(/^\+86(?=1\d{10}$)/, '');
  const end = number.slice(-4);
  return `${number.slice(0, Math.max(0, Math.min(3, number.length - 8)))}****${end}`;
}

/** An amount by the band of the series 1, 2, 5, 10, 20 … in which it lies. */
export function maskAmount(value: Value): string {
  const amount = Math.abs(Number(value));
  const sign = Number(value) < 0 ? '-' : '';
  if (amount < 1) return `${sign}0–${sign}1`;
  const decade = 10 ** Math.floor(Math.log10(amount));
  const steps = [0.5, 1, 2, 5, 10, 20].map((step) => step * decade);
  const above = steps.findIndex((step) => step > amount);
  return `${sign}${steps[above - 1]}–${sign}${steps[above]}`;
}

/** A day or an instant by its year. */
export function maskDay(value: Value): string {
  return `${String(value).slice(0, 4)}-**-**`;
}

/** A region by its province. */
export function maskRegion(value: Value): string {
  return `${String(value).slice(0, 2)}****`;
}
