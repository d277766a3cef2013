import { having } from './having.ts';

/** Every one of the keys is among the customer's options. */
export const hasAll = having('has_all', { asks: 'all' });
