import { sentence } from '../locale.ts';
import type { FieldTypeDefinition } from './field-type.ts';
import { maskAmount } from './masks.ts';
import { acceptNumber, inDecimals, numberSettings } from './number-value.ts';

/** The largest amount: with four decimals it still has its own double. */
const largest = 9e11;

/** An amount in units of the currency, with two decimals unless the field says otherwise. */
export const money: FieldTypeDefinition = {
  name: 'MONEY',
  label: sentence('金额', 'Amount'),
  valueType: 'NUMBER',
  column: 'double precision',
  canBeUnique: true,
  searchable: false,
  mask: maskAmount,
  settings: numberSettings(4, largest),
  accept: (raw, { validation }) => acceptNumber(raw, { decimals: 2, ...validation }, largest),
  ...inDecimals,
};
