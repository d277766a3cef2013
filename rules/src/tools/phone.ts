import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/min';
import metadata from 'libphonenumber-js/min/metadata';

/** Longer than any spelling of a phone number. */
const longestSpelling = 60;

/** Where a number without a country code is of, unless it is said otherwise. */
export const homeCountry = 'CN';

/** A country, or a region with phone numbers of its own. */
export interface PhoneCountry {
  /** ISO 3166-1, two letters. */
  readonly code: string;
  /** Digits, without the plus sign. */
  readonly callingCode: string;
}

/** Every country that has phone numbers; of those that share a calling code the main one comes first. */
export const phoneCountries: readonly PhoneCountry[] = Object.entries(metadata.country_calling_codes).flatMap(
  ([callingCode, codes]) => codes.map((code) => ({ code, callingCode })),
);

const known: ReadonlySet<string> = new Set(phoneCountries.map(({ code }) => code));

/** Whether a code is one of a country that has phone numbers. */
export function isPhoneCountry(code: string): boolean {
  return known.has(code);
}

function read(written: string, country: string): PhoneNumber | undefined {
  if (written.length > longestSpelling) return undefined;
  return parsePhoneNumberFromString(written.normalize('NFKC'), {
    defaultCountry: (isPhoneCountry(country) ? country : homeCountry) as CountryCode,
    extract: false,
  });
}

function isNumber(number: PhoneNumber | undefined): number is PhoneNumber {
  return number !== undefined && number.isPossible() && number.ext === undefined;
}

/** A phone number in E.164 (`+8613812345678`), whatever its spelling; without a country code it is of this country. Undefined where it is none. */
export function phone(written: string, country: string = homeCountry): string | undefined {
  const number = read(written, country);
  return isNumber(number) ? number.number : undefined;
}

/** The country that a number is of or would be, were it whole: by the calling code that it begins with, else the one given. */
export function phoneCountry(written: string, country: string = homeCountry): string | undefined {
  const of = read(written, country)?.country;
  if (of !== undefined) return of;
  const spelled = written.normalize('NFKC').trim();
  if (!spelled.startsWith('+')) return country;
  const digits = spelled.replaceAll(/\D/g, '');
  return phoneCountries.find(({ callingCode }) => digits.startsWith(callingCode))?.code;
}

/** A phone number as it is written in its own country, and that country; undefined where it is none. */
export function nationalPhone(
  written: string,
  country: string = homeCountry,
): { readonly country: string; readonly national: string } | undefined {
  const number = read(written, country);
  if (!isNumber(number) || number.country === undefined) return undefined;
  return { country: number.country, national: number.formatNational() };
}
