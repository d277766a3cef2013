import { compileCondition } from '../js.ts';
import { sentence } from '../locale.ts';
import { joining } from './joining.ts';

/** At least one of the conditions holds. */
export const or = joining('or', sentence('，或', ' or '), (operands) => {
  const conditions = operands.map(compileCondition);
  return (row, moment) => {
    for (const holds of conditions) if (holds(row, moment)) return true;
    return false;
  };
});
