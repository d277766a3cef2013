import { compileNode } from '../js.ts';
import { whenNoneIsEmpty } from '../portable.ts';
import { nodeToSql } from '../sql.ts';
import { sayOperand } from '../text.ts';
import type { Containment } from './containment.ts';
import { sayIncluding } from './including.ts';

/** `in` with several options on its right: the one on its left is among them. */
export const inOptions: Containment = {
  check(_operands, scope) {
    const [key, held] = [scope.operand(0), scope.operand(1)];
    if (!key || !held) return undefined;
    const field = held.kind === 'field' ? held.field : undefined;
    const settled = scope.settle(key, 'OPTION', field, `${scope.path}/0`);
    return settled && [settled, held];
  },
  js(operands) {
    const [key, held] = operands.map(compileNode);
    return (row, moment) => {
      const keys = held!(row, moment);
      return Array.isArray(keys) && keys.includes(key!(row, moment));
    };
  },
  sql: ([key, held], target) => `((${nodeToSql(key!, target)} = ANY(${nodeToSql(held!, target)})) IS TRUE)`,
  portable: (operands) => whenNoneIsEmpty(operands, ([key, held]) => ({ in: [key!, held!] })),
  say: ([key, held], reader, negated) => sayIncluding(held!, sayOperand(key!, reader), reader, { negated, all: false }),
};
