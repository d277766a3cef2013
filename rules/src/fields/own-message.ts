import { locales, type Sentence } from '../locale.ts';
import type { FieldValidation } from './field-definition.ts';

/** The sentence that a field says of its own where its pattern or rule fails, or else the usual one. */
export function ownMessage({ message }: FieldValidation, usual: Sentence): Sentence {
  if (message === undefined) return usual;
  const told = locales.map((locale) => [
    locale,
    typeof message === 'string' ? message : (message[locale] ?? usual[locale]),
  ]);
  return Object.fromEntries(told) as Record<keyof Sentence, string>;
}
