import { sentence } from '../locale.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { hidden } from './masks.ts';

/** Yes, no, or empty. */
export const boolean: FieldTypeDefinition = {
  name: 'BOOLEAN',
  label: sentence('是或否', 'Yes or no'),
  valueType: 'BOOLEAN',
  column: 'boolean',
  canBeUnique: true,
  searchable: false,
  mask: () => hidden,
  settings: {},
  accept(raw) {
    return typeof raw === 'boolean'
      ? accepted(raw)
      : refuse('WRONG_TYPE', sentence('请选择是或否', 'Yes or no is expected'));
  },
  toText: (value) => (value === true ? '是' : '否'),
  fromText(text) {
    const word = text.trim().toLowerCase();
    if (['是', 'yes', 'true'].includes(word)) return true;
    return ['否', 'no', 'false'].includes(word) ? false : undefined;
  },
};
