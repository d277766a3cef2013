import { sentence } from '../locale.ts';
import { number } from './number.ts';
import type { ValueTypeDefinition } from './value-type.ts';

/** The events of a customer: it can be asked whether there are any; all else is asked of what is reckoned from them. */
export const events: ValueTypeDefinition = {
  name: 'EVENTS',
  label: sentence('行为记录', 'events'),
  sqlType: 'double precision',
  comparable: false,
  words: { is: sentence('是', 'is'), isNot: sentence('不是', 'is not') },
  literal: () => ({
    ok: false,
    code: 'TYPE',
    message: sentence('这里不能是单个值', 'A single value cannot stand here'),
  }),
  // Where a value is shown, what stands for a list is how many it holds.
  say: number.say,
};
