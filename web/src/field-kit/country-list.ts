import type { Locale } from '@kequn/rules';
import { homeCountry, phoneCountries, type PhoneCountry } from '@kequn/rules/phone';

/** A country to choose from, with its name in the reader's language. */
export interface NamedCountry extends PhoneCountry {
  readonly name: string;
}

/** Where most numbers are of, after those at home and those that were entered last. */
const common = ['HK', 'MO', 'TW', 'US', 'GB', 'JP', 'KR', 'SG', 'MY', 'AU', 'CA', 'DE', 'FR'];

/** The name of a country in the reader's language. */
export function countryName(code: string, locale: Locale): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
}

/** Every country that has phone numbers: China, those entered last, those that are common, and then all others by their names. */
export function countryList(locale: Locale, recent: readonly string[]): readonly NamedCountry[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const order = new Intl.Collator(locale);
  const named = phoneCountries.map((country) => ({ ...country, name: names.of(country.code) ?? country.code }));
  const first = [...new Set([homeCountry, ...recent, ...common])];
  const known = first.flatMap((code) => named.find((country) => country.code === code) ?? []);
  const others = named.filter(({ code }) => !first.includes(code)).toSorted((a, b) => order.compare(a.name, b.name));
  return [...known, ...others];
}

/** A name in every way that it may be typed: small, without spaces. */
export type Spellings = (name: string) => readonly string[];

/** The countries that a keyword means, by name, by pinyin, by their two letters or by their calling code. */
export function countriesLike(
  list: readonly NamedCountry[],
  keyword: string,
  spellingsOf: Spellings,
): readonly NamedCountry[] {
  const asked = keyword.replaceAll(/\s/g, '').toLowerCase();
  if (asked === '') return list;
  const digits = /^\+?(\d+)$/.exec(asked)?.[1];
  if (digits !== undefined) return list.filter(({ callingCode }) => callingCode.startsWith(digits));
  return list.filter(
    ({ code, name }) => code.toLowerCase() === asked || spellingsOf(name).some((spelling) => spelling.includes(asked)),
  );
}
