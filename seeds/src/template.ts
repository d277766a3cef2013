import type { FieldDefinition, Json, Rule, Sentence } from '@kequn/rules';

/** A field as a template brings it. */
export interface TemplateField extends FieldDefinition {
  /** Personal data that asks for care. */
  readonly sensitive: boolean;
}

/** A segment as a template brings it; names and descriptions are taken in the language of whoever loads it. */
export interface TemplateSegment {
  readonly key: string;
  readonly name: Sentence;
  readonly description: Sentence;
  readonly rule: Rule;
}

/** The values of one customer by field key; what is empty is not there. */
export type TemplateCustomer = Readonly<Record<string, Json>>;

/** What a business of one trade knows of its customers and how it divides them, with customers to look at. */
export interface Template {
  /** What a field's rule reads stands before it. */
  readonly fields: readonly TemplateField[];
  readonly segments: readonly TemplateSegment[];
  /** How many customers it has. */
  readonly customers: number;
  /** The n-th of them, from 0, as she is on a day (YYYY-MM-DD): the same for the same n and day. */
  customer(n: number, today: string): TemplateCustomer;
}
