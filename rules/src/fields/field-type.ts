import type { Json, Value } from '../json.ts';
import type { Sentence } from '../locale.ts';
import type { ValueProblemCode } from '../problem.ts';
import type { FieldValueType } from '../types/value-type.ts';
import type { CheckTools, ConversionTools } from './check-tools.ts';
import type { FieldDefinition, FieldType, FieldValidation } from './field-definition.ts';

/** What is wrong with one value, before it is known where it stands. */
export interface Fault {
  readonly code: ValueProblemCode;
  readonly message: Sentence;
}

/** A value in its normal form, or everything that is wrong with it. */
export type Accepted =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly faults: readonly Fault[] };

/** One field type with all its faces. */
export interface FieldTypeDefinition {
  readonly name: FieldType;
  readonly label: Sentence;
  /** What rules see. */
  readonly valueType: FieldValueType;
  /** The type of the column that holds it in Postgres. */
  readonly column: string;
  /** Whether a field of it may ask that no two customers have the same value. */
  readonly canBeUnique: boolean;
  /** Whether a search for customers looks into its values. */
  readonly searchable: boolean;
  /**
   * What a value (not null) is shown as to who may know that there is one, and roughly which: the same whatever the reader's language, and
   * never the value itself.
   */
  mask(value: NonNullable<Value>): string;
  /** Which settings of `validation` apply, each with the check of a given setting. */
  readonly settings: Readonly<Partial<Record<keyof FieldValidation, SettingCheck>>>;
  /** Brings a value (not null) to its normal form; normalising twice changes nothing. */
  accept(value: NonNullable<Json>, field: FieldDefinition, tools: CheckTools): Accepted;
  /** A value (not null) as text from which `fromText` has it back; undefined where none would do. */
  toText(value: NonNullable<Value>, field: FieldDefinition, tools: ConversionTools): string | undefined;
  /** What text says in the terms of the type, yet to be accepted; undefined where it does not wholly say one value. */
  fromText(text: string, field: FieldDefinition, tools: ConversionTools): NonNullable<Json> | undefined;
}

/** Whether a setting of a field is valid. */
export type SettingCheck = (setting: Json, tools: CheckTools) => boolean;

/** A refusal with one reason. */
export function refuse(code: ValueProblemCode, message: Sentence): Accepted {
  return { ok: false, faults: [{ code, message }] };
}

/** The value if nothing is wrong with it. */
export function accepted(value: Value, faults: readonly Fault[] = []): Accepted {
  return faults.length === 0 ? { ok: true, value } : { ok: false, faults };
}
