import type { Json } from '@kequn/rules';

/** What was typed as a number: the number, null for nothing, and the text itself where it is none, for the check to refuse. */
export function parseNumber(typed: string): Json {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return null;
  const number = Number(text);
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) && Number.isFinite(number) ? number : typed;
}
