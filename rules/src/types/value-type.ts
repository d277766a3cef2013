import type { FieldDefinition } from '../fields/field-definition.ts';
import type { Rule, Value } from '../json.ts';
import type { Locale, Sentence } from '../locale.ts';
import type { RuleProblemCode } from '../problem.ts';

/** What rules know of a field: the type of its values. */
export type FieldValueType =
  'TEXT' | 'NUMBER' | 'BOOLEAN' | 'DATE' | 'DATETIME' | 'OPTION' | 'OPTIONS' | 'REGION' | 'USER';

/** What rules know of a value: no field holds events. */
export type ValueType = FieldValueType | 'EVENTS';

/** A literal of a rule brought to normal form, or why it is none. */
export type LiteralCheck =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: RuleProblemCode; readonly message: Sentence };

/** Where a literal stands: what decides whether it is known and how it reads. */
export interface LiteralPlace {
  /** The field on the other side, whose options a literal names. */
  readonly field?: FieldDefinition | undefined;
  /** Name by user id. */
  readonly users: ReadonlyMap<string, string>;
  /** Full name by six-digit code of a division. */
  readonly regions: ReadonlyMap<string, string>;
  /** IANA name of the organisation's zone. */
  readonly timeZone: string;
}

/** The words of an ordering, as they follow the name of a field. */
export interface OrderWords {
  readonly less: Sentence;
  readonly atMost: Sentence;
  readonly greater: Sentence;
  readonly atLeast: Sentence;
}

/** How values of one type are ordered, in every back end; types without it cannot stand in `<` and its kin. */
export interface Ordering {
  /** Whether `a` comes before `b`; neither is empty. */
  less(a: Value, b: Value): boolean;
  /** The expression by which Postgres orders a value. */
  sql(expression: string): string;
  /** The comparison in plain JSON-logic; neither operand is empty. */
  portable(operator: string, a: Rule, b: Rule): Rule;
  readonly words: OrderWords;
}

/** One value type with all its faces. */
export interface ValueTypeDefinition {
  readonly name: ValueType;
  /** What a reader calls it. */
  readonly label: Sentence;
  /** The Postgres type of a parameter. */
  readonly sqlType: string;
  /** Whether `==` and `in` take values of this type; all can be asked whether they are empty. */
  readonly comparable: boolean;
  /** Undefined where values have no order. */
  readonly ordering?: Ordering;
  /** "is" and "is not" as they follow the name of a field. */
  readonly words: { readonly is: Sentence; readonly isNot: Sentence };
  /** Checks a literal of a rule; never throws. */
  literal(raw: string | number | boolean, place: LiteralPlace): LiteralCheck;
  /** A value in words. */
  say(value: NonNullable<Value>, locale: Locale, place: LiteralPlace): string;
}
