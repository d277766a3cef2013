import { mostOperands } from '../limits.ts';
import { arithmetic } from './arithmetic.ts';

/** The product, multiplied from the left. */
export const multiply = arithmetic({ key: '*', sign: '×', arity: { min: 1, max: mostOperands }, of: (a, b) => a * b });
