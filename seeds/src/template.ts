import type { FieldDefinition, FieldType, FormLayout, Json, Locale, Rule, Sentence } from '@kequn/rules';

/** A field as a template brings it. */
export interface TemplateField extends FieldDefinition {
  /** Personal data that asks for care. */
  readonly sensitive: boolean;
}

/** A field that may be computed. */
export interface TradeField extends TemplateField {
  /** What computes it; of a field that is filled there is none. */
  readonly formula?: Rule;
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

/** A type of events as a template brings it. */
export interface TemplateEventType {
  readonly key: string;
  readonly label: Sentence;
  /** Named in the language of whoever loads it. */
  readonly properties: readonly { readonly key: string; readonly type: FieldType; readonly label: Sentence }[];
}

/** Something that one customer did. */
export interface TemplateEvent {
  readonly type: string;
  /** An instant in UTC. */
  readonly at: string;
  readonly amount: number | null;
  readonly properties: Readonly<Record<string, Json>>;
  /** Of all events the only one with it. */
  readonly sourceId: string;
}

/** What a business of one trade knows of its customers and how it divides them, with customers to look at. */
export interface Template {
  /** What a field's rule reads stands before it. */
  readonly fields: readonly TemplateField[];
  readonly eventTypes: readonly TemplateEventType[];
  readonly segments: readonly TemplateSegment[];
  /** How many customers it has. */
  readonly customers: number;
  /** The n-th of them, from 0, as she is on a day (YYYY-MM-DD): the same for the same n and day. */
  customer(n: number, today: string): TemplateCustomer;
  /** What she did until then, in no order; texts in a language. */
  events(n: number, today: string, locale: Locale): readonly TemplateEvent[];
}

/** What a business of one trade begins with: fields, a form of them, and segments; it brings no customers. */
export interface TradeTemplate {
  readonly key: string;
  readonly name: Sentence;
  readonly description: Sentence;
  readonly trade: Sentence;
  /** What a formula or a field's rule reads stands before it. */
  readonly fields: readonly TradeField[];
  readonly form: { readonly name: Sentence; readonly layout: FormLayout };
  readonly segments: readonly TemplateSegment[];
}
