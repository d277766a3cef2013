import { sentence } from '../locale.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { maskPhone } from './masks.ts';
import { asWritten, cleanText } from './text-value.ts';

/** A phone number: any spelling in, E.164 out; without a country code it is Chinese. */
export const phone: FieldTypeDefinition = {
  name: 'PHONE',
  label: sentence('电话', 'Phone'),
  valueType: 'TEXT',
  column: 'text COLLATE "C"',
  canBeUnique: true,
  searchable: true,
  mask: maskPhone,
  settings: {},
  accept(raw, _field, tools) {
    const clean = cleanText(raw, 'one line');
    if (!clean.ok) return clean;
    if (clean.value === '') return accepted(null);
    const value = tools.phone(clean.value);
    return value === undefined
      ? refuse('INVALID', sentence('不是有效的电话号码', 'Not a valid phone number'))
      : accepted(value);
  },
  ...asWritten,
};
