import { mostOperands } from '../limits.ts';
import { arithmetic } from './arithmetic.ts';

/** The sum, added from the left. */
export const add = arithmetic({ key: '+', sign: '+', arity: { min: 1, max: mostOperands }, of: (a, b) => a + b });
