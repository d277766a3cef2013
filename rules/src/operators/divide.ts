import { arithmetic } from './arithmetic.ts';

/** The quotient; empty when divided by 0. */
export const divide = arithmetic({ key: '/', sign: '÷', arity: { min: 2, max: 2 }, of: (a, b) => a / b });
