import { sentence } from '../locale.ts';
import type { ValueTypeDefinition } from './value-type.ts';

/** A division of China by its six-digit code; equality is exact, not containment. */
export const region: ValueTypeDefinition = {
  name: 'REGION',
  label: sentence('地区', 'region'),
  sqlType: 'text',
  comparable: true,
  words: { is: sentence('是', 'is'), isNot: sentence('不是', 'is not') },
  literal(raw, { regions }) {
    if (typeof raw === 'string' && regions.has(raw)) return { ok: true, value: raw };
    return {
      ok: false,
      code: 'TYPE',
      message: sentence('没有这个地区代码', 'There is no region with this code'),
    };
  },
  say: (value, _locale, { regions }) => `“${regions.get(String(value)) ?? String(value)}”`,
};
