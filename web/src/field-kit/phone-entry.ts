import { nationalPhone, phone, phoneCountries, phoneCountry } from '@kequn/rules/phone';

/** A phone number while it is entered. */
export interface PhoneEntry {
  /** The country that it is of, two letters. */
  readonly country: string;
  /** As it is written there, or as far as it is written. */
  readonly text: string;
}

/** How a value is entered: a whole number as in its country, another as it is written; of numbers without a calling code the country is `home`. */
export function entryOf(value: string, home: string): PhoneEntry {
  const whole = nationalPhone(value, home);
  // Not every number is read again as it is written in its country.
  if (whole && phone(whole.national, whole.country) === phone(value, home))
    return { country: whole.country, text: whole.national };
  const country = phoneCountry(value, home) ?? home;
  const begun = `+${callingCodeOf(country)} `;
  return { country, text: value.startsWith(begun) ? value.slice(begun.length) : value };
}

/** The value that is entered: a whole number in E.164, another with the calling code where it is not of `home`; null where there is nothing. */
export function valueOf({ country, text }: PhoneEntry, home: string): string | null {
  const written = text.trim();
  if (written === '') return null;
  const whole = phone(written, country);
  if (whole !== undefined) return whole;
  return country === home || written.startsWith('+') ? written : `+${callingCodeOf(country)} ${written}`;
}

/** The entry with what was typed; what begins with a calling code is of the country of that. */
export function typed({ country }: PhoneEntry, text: string): PhoneEntry {
  const isForeign = text.trim().startsWith('+');
  return { country: (isForeign ? phoneCountry(text, country) : undefined) ?? country, text };
}

/** The calling code of a country, digits alone. */
export function callingCodeOf(country: string): string {
  return phoneCountries.find(({ code }) => code === country)?.callingCode ?? '';
}
