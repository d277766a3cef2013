/**
 * What checking values takes beyond the field itself: large tables and engines, handed in so that pages load them only where values are
 * checked. `@kequn/rules/tools` has the one implementation.
 */
export interface CheckTools {
  /** The full name of every division of China by its six-digit code (GB/T 2260, padded with zeros). */
  readonly regions: ReadonlyMap<string, string>;
  /** A phone number in E.164, numbers without a calling code being of this country, by default China; undefined where it is none. */
  phone(written: string, country?: string): string | undefined;
  /** The country that a number is of or would be, were it whole; undefined where its calling code is none. */
  phoneCountry(written: string, country?: string): string | undefined;
  /** Whether two letters are a country that has phone numbers. */
  isPhoneCountry(code: string): boolean;
  /** Whether text is a pattern in RE2's syntax. */
  isPattern(pattern: string): boolean;
  /** Whether a pattern is found in text, in time linear in both; `^` and `$` ask for the whole. */
  matches(pattern: string, text: string): boolean;
}

/** What making values of one type those of another takes beside that. */
export interface ConversionTools extends CheckTools {
  /** The organisation's IANA zone, in which days begin and clocks are read. */
  readonly timeZone: string;
}
