import { compileCondition } from '../js.ts';
import { sentence } from '../locale.ts';
import { joining } from './joining.ts';

/** All of the conditions hold. */
export const and = joining('and', sentence('，且', ' and '), (operands) => {
  const conditions = operands.map(compileCondition);
  return (row, moment) => {
    for (const holds of conditions) if (!holds(row, moment)) return false;
    return true;
  };
});
