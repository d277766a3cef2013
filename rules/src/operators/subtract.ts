import { arithmetic } from './arithmetic.ts';

/** The difference; of one operand its negative. */
export const subtract = arithmetic({ key: '-', sign: '−', arity: { min: 1, max: 2 }, of: (a, b) => a - b });
