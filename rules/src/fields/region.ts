import { sentence } from '../locale.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { maskRegion } from './masks.ts';

/** A division of China by its six-digit code, of any level. */
export const region: FieldTypeDefinition = {
  name: 'REGION',
  label: sentence('地区', 'Region'),
  valueType: 'REGION',
  column: 'text COLLATE "C"',
  canBeUnique: true,
  searchable: false,
  mask: maskRegion,
  settings: {},
  accept(raw, _field, { regions }) {
    if (typeof raw !== 'string') return refuse('WRONG_TYPE', sentence('请选择地区', 'A region is expected'));
    const value = raw.trim();
    if (value === '') return accepted(null);
    return regions.has(value)
      ? accepted(value)
      : refuse('INVALID', sentence('没有这个地区代码', 'There is no region with this code'));
  },
};
