import { sentence } from '../locale.ts';
import type { FieldTypeDefinition } from './field-type.ts';
import { hidden } from './masks.ts';
import { acceptNumber, inDecimals } from './number-value.ts';

/** How many stars there are unless the field says otherwise, and at the most. */
const usualMax = 5;
const mostMax = 10;

/** A number of stars, from 1 to `max`. */
export const rating: FieldTypeDefinition = {
  name: 'RATING',
  label: sentence('评分', 'Rating'),
  valueType: 'NUMBER',
  column: 'double precision',
  canBeUnique: true,
  searchable: false,
  mask: () => hidden,
  settings: {
    max: (setting) => typeof setting === 'number' && Number.isInteger(setting) && setting >= 1 && setting <= mostMax,
  },
  accept: (raw, { validation }) => acceptNumber(raw, { max: usualMax, ...validation, min: 1, decimals: 0 }),
  ...inDecimals,
};
