import { sentence } from '../locale.ts';
import type { ValueTypeDefinition } from './value-type.ts';

/** Yes or no. */
export const boolean: ValueTypeDefinition = {
  name: 'BOOLEAN',
  label: sentence('是或否', 'yes or no'),
  sqlType: 'boolean',
  comparable: true,
  words: { is: sentence('为', 'is'), isNot: sentence('不为', 'is not') },
  literal(raw) {
    if (typeof raw === 'boolean') return { ok: true, value: raw };
    return { ok: false, code: 'TYPE', message: sentence('这里要填是或否', 'Yes or no is expected here') };
  },
  say(value, locale) {
    if (locale === 'en') return value === true ? 'yes' : 'no';
    return value === true ? '“是”' : '“否”';
  },
};
