import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Longer than any spelling of a phone number. */
const longestSpelling = 60;

/** A phone number in E.164 (`+8613812345678`), whatever its spelling; without a country code it is Chinese. Undefined where it is none. */
export function phone(written: string): string | undefined {
  if (written.length > longestSpelling) return undefined;
  const number = parsePhoneNumberFromString(written.normalize('NFKC'), { defaultCountry: 'CN', extract: false });
  return number?.isPossible() && number.ext === undefined ? number.number : undefined;
}
