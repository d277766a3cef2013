import { labelOf } from '../fields/field-definition.ts';
import { sentence } from '../locale.ts';
import type { ValueTypeDefinition } from './value-type.ts';

/** One key of the option set of a field. */
export const option: ValueTypeDefinition = {
  name: 'OPTION',
  label: sentence('选项', 'option'),
  sqlType: 'text',
  comparable: true,
  words: { is: sentence('是', 'is'), isNot: sentence('不是', 'is not') },
  literal(raw, { field }) {
    if (typeof raw !== 'string') {
      return { ok: false, code: 'TYPE', message: sentence('这里要填一个选项', 'An option is expected here') };
    }
    if (field?.options.some(({ key }) => key === raw)) return { ok: true, value: raw };
    return {
      ok: false,
      code: 'UNKNOWN_OPTION',
      message: sentence('该字段没有这个选项', 'The field has no such option'),
    };
  },
  say(value, locale, { field }) {
    const known = field?.options.find(({ key }) => key === value);
    return `“${known ? labelOf(known, locale) : String(value)}”`;
  },
};
