import { sentence } from '../locale.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { hidden } from './masks.ts';
import { nameOf, optionNamed } from './option-text.ts';

/**
 * One option of the field's set, by key. Archived options are accepted here; that one may only stay where it already is needs the
 * customer, so it is asked by whoever saves one.
 */
export const select: FieldTypeDefinition = {
  name: 'SELECT',
  label: sentence('单选', 'Single choice'),
  valueType: 'OPTION',
  column: 'text COLLATE "C"',
  canBeUnique: true,
  searchable: false,
  mask: () => hidden,
  settings: {},
  accept(raw, field) {
    if (typeof raw !== 'string') return refuse('WRONG_TYPE', sentence('请选择一个选项', 'An option is expected'));
    if (raw === '') return accepted(null);
    if (field.options.some(({ key }) => key === raw)) return accepted(raw);
    return refuse('NOT_AN_OPTION', sentence('没有这个选项', 'There is no such option'));
  },
  toText: (value, field) => nameOf(String(value), field),
  fromText: (text, field) => optionNamed(text, field)?.key,
};
