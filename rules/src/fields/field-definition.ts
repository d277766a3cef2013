import type { Locale } from '../locale.ts';

/** The types of fields. DATETIME and USER belong to the system fields alone so far. */
export type FieldType = 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'SELECT' | 'DATE' | 'DATETIME' | 'USER';

/** Something with a name per language: a default and translations by BCP 47 tag. */
export interface Labelled {
  readonly label: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One choice of a SELECT field. An archived one stays on the customers who have it and cannot be newly chosen. */
export interface FieldOption extends Labelled {
  readonly key: string;
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
}

/** A field of the catalogue, as far as rules and values are concerned. */
export interface FieldDefinition extends Labelled {
  /** `^[a-z][a-z0-9_]{0,40}$`, never changes. */
  readonly key: string;
  readonly type: FieldType;
  readonly options: readonly FieldOption[];
  readonly validation: FieldValidation;
  readonly required: boolean;
  readonly archived: boolean;
}

/** The name in the reader's language, or the default one. */
export function labelOf(thing: Labelled, locale: Locale): string {
  return thing.labels[locale] ?? thing.label;
}
