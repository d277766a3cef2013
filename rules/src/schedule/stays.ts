import type { Node, Stays } from '../ast.ts';
import { compileCondition } from '../js.ts';
import type { Row } from '../json.ts';
import type { Moment } from '../moment.ts';
import { readsClock } from '../references.ts';

/** Of what does not read the clock. */
export const never: Stays = () => Infinity;

/** The first instant, in milliseconds, at which a condition can be what is wanted: `-Infinity` where it already is. */
type Turns = (row: Row, moment: Moment, wanted: boolean) => number;

/** Compiles how long time alone leaves a node as it is. */
export function compileStays(node: Node): Stays {
  if (node.kind !== 'call' || !readsClock(node)) return never;
  const { operator, operands } = node;
  if (operator.joins) return whileUnturned(compileTurns(node));
  return operator.course?.js(operands) ?? staysTogether(operands);
}

/** As long as all of the nodes stay what they are. */
export function staysTogether(nodes: readonly Node[]): Stays {
  const all = nodes.filter(readsClock).map(compileStays);
  return (row, moment) => Math.min(...all.map((stays) => stays(row, moment)));
}

/** As long as whether all of the conditions hold stays as it is. */
export function staysJoined(conditions: readonly Node[]): Stays {
  return whileUnturned(joined('all', conditions.map(compileTurns)));
}

/** Compiles when a condition can come to hold, and when it can fail. */
export function compileTurns(node: Node): Turns {
  const { joins } = node.kind === 'call' ? node.operator : {};
  if (node.kind === 'call' && joins) return joined(joins, node.operands.map(compileTurns));
  const [holds, stays] = [compileCondition(node), compileStays(node)];
  return (row, moment, wanted) => (holds(row, moment) === wanted ? -Infinity : stays(row, moment));
}

/** All hold once the last of them does, and fail once the first one does. */
function joined(joins: 'all' | 'any' | 'none', all: readonly Turns[]): Turns {
  return (row, moment, wanted) => {
    const each = joins === 'none' ? !wanted : wanted;
    const isLast = each === (joins === 'all');
    let found = isLast ? -Infinity : Infinity;
    for (const turns of all) {
      const at = turns(row, moment, each);
      if (isLast ? at > found : at < found) found = at;
    }
    return found;
  };
}

function whileUnturned(turns: Turns): Stays {
  return (row, moment) => {
    const holds = turns(row, moment, true);
    return holds === -Infinity ? turns(row, moment, false) : holds;
  };
}
