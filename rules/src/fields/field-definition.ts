import type { Locale } from '../locale.ts';

/** The types of fields. */
export type FieldType =
  | 'TEXT'
  | 'LONG_TEXT'
  | 'NUMBER'
  | 'MONEY'
  | 'PERCENT'
  | 'RATING'
  | 'BOOLEAN'
  | 'DATE'
  | 'DATETIME'
  | 'SELECT'
  | 'MULTI_SELECT'
  | 'EMAIL'
  | 'PHONE'
  | 'URL'
  | 'REGION'
  | 'USER'
  | 'FILE';

/** Something with a name per language: a default and translations by BCP 47 tag. */
export interface Labelled {
  readonly label: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One choice of a SELECT or MULTI_SELECT field. An archived one stays on the customers who have it and cannot be newly chosen. */
export interface FieldOption extends Labelled {
  readonly key: string;
  /** `#rrggbb`, or none. */
  readonly color: string | null;
  readonly archived: boolean;
}

/** What is asked of the values of a field beyond their type; which settings apply is decided by the field type. */
export interface FieldValidation {
  /** The smallest number or earliest day. */
  readonly min?: number | string;
  /** The largest number or latest day. */
  readonly max?: number | string;
  /** Code points. */
  readonly minLength?: number;
  /** Code points. */
  readonly maxLength?: number;
  /** How many digits may stand behind the point; more are refused, not rounded. */
  readonly decimals?: number;
  /** RE2 syntax; found anywhere in the text unless it says `^` and `$`. */
  readonly pattern?: string;
  /** Which files are taken: pictures alone, or every kind; not given: every kind. */
  readonly accept?: 'IMAGE' | 'ANY';
  /** How large a file may be, in whole megabytes; not given: as large as any may be. */
  readonly maxMegabytes?: number;
  /** The country of phone numbers without a calling code, two letters of ISO 3166-1; not given: China. */
  readonly country?: string;
  /** A rule over the customer that must hold, as it was sent; read only through `checkRule`. */
  readonly rule?: unknown;
  /** What is said where the pattern or the rule fails: one sentence, or one by language tag. */
  readonly message?: string | Readonly<Record<string, string>>;
}

/** A field of the catalogue, as far as rules and values are concerned. */
export interface FieldDefinition extends Labelled {
  /** `^[a-z][a-z0-9_]{0,40}$`, never changes. */
  readonly key: string;
  /** What its values are, also where a formula computes them. */
  readonly type: FieldType;
  /** That a formula computes its values: they are never entered. */
  readonly computed?: boolean | undefined;
  readonly options: readonly FieldOption[];
  readonly validation: FieldValidation;
  readonly required: boolean;
  /** No two customers may have the same value. */
  readonly unique: boolean;
  readonly archived: boolean;
}

/** The name in the reader's language, or the default one. */
export function labelOf(thing: Labelled, locale: Locale): string {
  return thing.labels[locale] ?? thing.label;
}
