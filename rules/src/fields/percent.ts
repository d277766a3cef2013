import { sentence } from '../locale.ts';
import type { FieldTypeDefinition } from './field-type.ts';
import { maskAmount } from './masks.ts';
import { acceptNumber, inDecimals, numberSettings } from './number-value.ts';

/** A percentage as it is shown: 12.5 is 12.5 %. */
export const percent: FieldTypeDefinition = {
  name: 'PERCENT',
  label: sentence('百分比', 'Percentage'),
  valueType: 'NUMBER',
  column: 'double precision',
  canBeUnique: true,
  searchable: false,
  mask: maskAmount,
  settings: numberSettings(15),
  accept: (raw, { validation }) => acceptNumber(raw, validation),
  ...inDecimals,
};
