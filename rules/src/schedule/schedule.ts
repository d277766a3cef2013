import type { Node, SqlTarget } from '../ast.ts';
import { dayBounds, dayName, elapsed, instantBounds } from '../calendar.ts';
import { eventsIn } from '../events.ts';
import { compileCondition } from '../js.ts';
import type { Row } from '../json.ts';
import type { Moment } from '../moment.ts';
import { eventTypesOf, readsClock } from '../references.ts';
import { bindInSql } from '../sql.ts';
import { instantAt, momentFrom } from './clock.ts';
import { staysInSql } from './stays-in-sql.ts';
import { compileStays } from './stays.ts';

/** How often one looks on from an instant at which nothing changed after all: less often, the more each look has to ask. */
const LOOKS = { most: 2_000, fewest: 32, operations: 600_000 } as const;

/** The last instant that is announced: in no zone it is a day by then that cannot be stored. */
const LAST = instantBounds.last - elapsed.day;

/**
 * Compiles when time alone next changes what a rule says of a customer; null where it never does. Where nothing has changed as far as one
 * looks, it is the instant at which to look again: it may be too early, never too late.
 */
export function scheduleRule(rule: Node): (row: Row, moment: Moment) => string | null {
  if (!readsClock(rule)) return () => null;
  const [holds, stays] = [compileCondition(rule), compileStays(rule)];
  const [types, operations] = [[...movingTypesOf(rule)], operationsIn(rule)];
  return (row, moment) => {
    const before = holds(row, moment);
    const events = types.reduce((count, type) => count + eventsIn(row, type).length, 0);
    const affordable = LOOKS.operations / (operations * (1 + events));
    const looks = Math.min(Math.max(affordable, LOOKS.fewest), LOOKS.most);
    let then = moment;
    for (let look = 0; look < looks; look += 1) {
      const at = stays(row, then);
      if (at > LAST) return null;
      then = momentFrom(at, moment);
      if (holds(row, then) !== before) break;
    }
    return then.now;
  };
}

/** How many operations one look takes at most: each one that reads the clock asks for all that it is made of. */
function operationsIn(node: Node): number {
  if (node.kind !== 'call' || !readsClock(node)) return 0;
  return node.operands.reduce((sum, operand) => sum + operationsIn(operand), callsIn(node));
}

function callsIn(node: Node): number {
  return node.kind === 'call' ? node.operands.reduce((sum, operand) => sum + callsIn(operand), 1) : 0;
}

/** The types of events of which time can change which ones a rule asks about. */
function movingTypesOf(node: Node): ReadonlySet<string> {
  if (node.kind !== 'call' || !readsClock(node)) return new Set();
  return node.type === 'EVENTS'
    ? eventTypesOf(node)
    : new Set(node.operands.flatMap((each) => [...movingTypesOf(each)]));
}

/**
 * Writes the same as a Postgres expression of `timestamptz`, for one customer: NULL where it never does, and it raises for none. It does
 * not look on from an instant at which nothing changes after all, so it may come before what JS says.
 */
export function scheduleToSql(rule: Node, target: SqlTarget): string {
  const last = `${target.parameter(instantAt(LAST))}::timestamptz`;
  return bindInSql([staysInSql(rule, sharing(target))], ([at]) => `CASE WHEN ${at!} <= ${last} THEN ${at!} END`);
}

/** Binds what is asked for over and over just once: a statement can have no more than some ten thousand parameters. */
function sharing(target: SqlTarget): SqlTarget {
  const { today, timeZone } = target.moment;
  const shared = new Set<unknown>([today, timeZone, 'UTC', 'infinity', '-infinity', dayName(dayBounds.last)]);
  const bound = new Map<unknown, string>();
  const parameter: SqlTarget['parameter'] = (value) => {
    if (!shared.has(value)) return target.parameter(value);
    const place = bound.get(value) ?? target.parameter(value);
    bound.set(value, place);
    return place;
  };
  return { ...target, parameter };
}
