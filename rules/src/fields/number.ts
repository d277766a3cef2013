import { sentence } from '../locale.ts';
import type { FieldTypeDefinition } from './field-type.ts';
import { maskAmount } from './masks.ts';
import { acceptNumber, inDecimals, numberSettings } from './number-value.ts';

/** A number: a double within ±(2^53 − 1); text that looks like a number is refused. */
export const number: FieldTypeDefinition = {
  name: 'NUMBER',
  label: sentence('数字', 'Number'),
  valueType: 'NUMBER',
  column: 'double precision',
  canBeUnique: true,
  searchable: false,
  mask: maskAmount,
  settings: numberSettings(15),
  accept: (raw, { validation }) => acceptNumber(raw, validation),
  ...inDecimals,
};
