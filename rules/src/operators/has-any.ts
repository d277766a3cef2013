import { having, type Having } from './having.ts';

/** What `has_any` asks; `has_none` is its exact negation. */
export const anyOf: Having = { asks: 'any' };

/** At least one of the keys is among the customer's options. */
export const hasAny = having('has_any', anyOf);
