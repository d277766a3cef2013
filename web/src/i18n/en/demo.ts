import type { Messages } from '../zh-CN.ts';

/** Texts of the demo, in English. */
export const demo: Messages['demo'] = {
  offer:
    'Want to look around first? Load the demo data of a retailer: 25 fields, 2,000 customers with their orders and shop visits, 14 segments.',
  load: 'Load demo data',
  loading: 'Loading the demo data',
  loaded: 'The demo data is loaded',
};
