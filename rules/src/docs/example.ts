import type { Row, Rule } from '../json.ts';

/** One operation on the page for integrators: what it means, and a rule with what it answers for some customers. */
export interface Example {
  readonly means: string;
  readonly rule: Rule;
  /** Rows name only what is not empty. */
  readonly rows: readonly (readonly [row: Row, holds: boolean])[];
}

/** The operations of one heading, by key. */
export interface Chapter {
  readonly heading: string;
  readonly about: string;
  readonly examples: Readonly<Record<string, Example>>;
}

/** The value of a field. */
export const v = (key: string): Rule => ({ var: key });
/** Noon of a day, where the examples stand. */
export const noonOf = (day: string): string => `${day}T04:00:00.000Z`;
