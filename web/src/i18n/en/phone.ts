import type { Messages } from '../zh-CN.ts';

/** Texts of entering phone numbers, in English. */
export const phone: Messages['phone'] = {
  country: (name, code) => `Country or region: ${name} +${code}`,
  choose: 'Choose a country or region',
  search: 'Name or calling code',
  none: 'Nothing found',
  home: 'Default country or region',
  homeHint: 'Numbers that are written without a calling code are taken to be of it.',
};
