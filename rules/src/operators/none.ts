import type { Operator } from '../ast.ts';
import { hasNone } from './has-none.ts';
import { checkEach } from './some.ts';

/** JSON-logic's own writing of `has_none`. */
export const none: Operator = { ...hasNone, key: 'none', check: checkEach };
