import { sentence } from '../locale.ts';
import { having } from './having.ts';

/** Every one of the keys is among the customer's options. */
export const hasAll = having('has_all', {
  asks: 'all',
  verb: sentence('同时含有', 'includes all of'),
  negated: sentence('没有同时含有', 'does not include all of'),
});
