import { sentence } from '../locale.ts';
import type { ValueTypeDefinition } from './value-type.ts';

/** A user of this system, by id. */
export const user: ValueTypeDefinition = {
  name: 'USER',
  label: sentence('用户', 'user'),
  sqlType: 'uuid',
  comparable: true,
  words: { is: sentence('是', 'is'), isNot: sentence('不是', 'is not') },
  literal(raw, { users }) {
    const id = typeof raw === 'string' ? raw.toLowerCase() : '';
    if (users.has(id)) return { ok: true, value: id };
    return { ok: false, code: 'TYPE', message: sentence('没有这个用户', 'There is no such user') };
  },
  say: (value, _locale, { users }) => users.get(String(value)) ?? String(value),
};
