import { sentence } from '../locale.ts';
import { having, type Having } from './having.ts';

/** What `has_any` asks; `has_none` is its exact negation. */
export const anyOf: Having = {
  asks: 'any',
  verb: sentence('含有', 'includes'),
  negated: sentence('不含', 'does not include'),
};

/** At least one of the keys is among the customer's options. */
export const hasAny = having('has_any', anyOf);
