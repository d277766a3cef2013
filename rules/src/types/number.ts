import { numberFormat } from '../formats.ts';
import { largestNumber } from '../limits.ts';
import { sentence } from '../locale.ts';
import { naturalOrdering } from './ordering.ts';
import type { ValueTypeDefinition } from './value-type.ts';

/** Numbers: IEEE 754 doubles within ±(2^53 − 1). */
export const number: ValueTypeDefinition = {
  name: 'NUMBER',
  label: sentence('数字', 'number'),
  sqlType: 'double precision',
  comparable: true,
  words: { is: sentence('等于', 'is'), isNot: sentence('不等于', 'is not') },
  ordering: naturalOrdering({
    less: sentence('小于', 'is less than'),
    atMost: sentence('不超过', 'is at most'),
    greater: sentence('大于', 'is greater than'),
    atLeast: sentence('不低于', 'is at least'),
  }),
  literal(raw) {
    if (typeof raw !== 'number') {
      return { ok: false, code: 'TYPE', message: sentence('这里要填数字', 'A number is expected here') };
    }
    if (!(Math.abs(raw) <= largestNumber)) {
      return {
        ok: false,
        code: 'TYPE',
        message: sentence('数字太大，无法精确表示', 'The number is too large to be exact'),
      };
    }
    return { ok: true, value: raw === 0 ? 0 : raw };
  },
  say: (value, locale) => numberFormat(locale).format(Number(value)),
};
