import { listFormat } from '../formats.ts';
import { labelOf } from '../fields/field-definition.ts';
import { sentence } from '../locale.ts';
import type { ValueTypeDefinition } from './value-type.ts';

/** Several keys of the option set of a field. No literal has this type: rules ask for single keys. */
export const options: ValueTypeDefinition = {
  name: 'OPTIONS',
  label: sentence('多个选项', 'options'),
  sqlType: 'text[]',
  comparable: false,
  words: { is: sentence('是', 'is'), isNot: sentence('不是', 'is not') },
  literal: () => ({
    ok: false,
    code: 'TYPE',
    message: sentence('这里不能是单个值', 'A single value cannot stand here'),
  }),
  say(value, locale, { field }) {
    const keys = Array.isArray(value) ? (value as readonly string[]) : [];
    const names = keys.map((key) => {
      const known = field?.options.find((each) => each.key === key);
      return known ? labelOf(known, locale) : key;
    });
    return listFormat.conjunction(locale).format(names);
  },
};
