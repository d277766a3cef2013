import type { Node } from './ast.ts';
import { elapsed, localDay, localTime } from './calendar.ts';
import { compileCondition, compileNode } from './js.ts';
import type { Row, Value } from './json.ts';
import { momentAt, type Moment } from './moment.ts';
import { compileEvents, listOf } from './operators/event-list.ts';
import { timePartOf } from './operators/part.ts';
import { readsClock } from './references.ts';

/** Steps that are looked at: ten years of days. A rule that holds still for so long is looked at again then. */
const STEPS = 3_660;
const DAY = elapsed.day;

/**
 * The instant at which time alone next changes what a rule says of a customer; null where it never does. What does not change within ten
 * years, or within the steps in which it is looked at, is answered by the end of them, since it could.
 */
export function nextChange(rule: Node, row: Row, moment: Moment): string | null {
  if (!readsClock(rule)) return null;
  const holds = compileCondition(rule);
  const before = holds(row, moment);
  const marks = marksOf(rule);
  let then = moment;
  for (let step = 0; step < STEPS; step += 1) {
    then = momentAt(new Date(nextStep(marks, row, then)).toISOString(), moment.timeZone);
    if (holds(row, then) !== before) return then.now;
  }
  return then.now;
}

/** What of a rule can change an answer at other times than midnight. */
interface Marks {
  /** The instants that it names, reads of the customer or reckons. */
  readonly times: readonly Times[];
  /** The lengths of its windows of elapsed time, in milliseconds. */
  readonly spans: readonly number[];
  /** Whether it asks for the hour of an instant. */
  readonly readsHours: boolean;
}

/** Instants of a customer at a moment: one, or one of each of several events. */
type Times = (row: Row, moment: Moment) => readonly Value[];

function marksOf(rule: Node): Marks {
  const nodes = nodesOf(rule);
  return {
    times: timesIn(rule),
    spans: nodes.flatMap(spanOf),
    readsHours: nodes.some(
      (node) => node.kind === 'call' && node.operator.key === 'part' && timePartOf(node.operands) === 'hour',
    ),
  };
}

function timesIn(node: Node): readonly Times[] {
  if (node.kind === 'list') return [];
  const value = node.type === 'DATETIME' ? compileNode(node) : undefined;
  const own: readonly Times[] = value ? [(row, moment) => [value(row, moment)]] : [];
  if (node.kind !== 'call') return own;
  if (node.operator.key !== 'filter') return [...own, ...node.operands.flatMap(timesIn)];
  const [list, condition] = node.operands;
  const events = compileEvents(listOf(list!));
  const ofEach = timesIn(condition!).map(
    (times): Times =>
      (row, moment) =>
        events(row, moment).flatMap((event) => times(event, moment)),
  );
  return [...timesIn(list!), ...ofEach];
}

function nodesOf(node: Node): readonly Node[] {
  if (node.kind === 'list') return [];
  return node.kind === 'call' ? [node, ...node.operands.flatMap(nodesOf)] : [node];
}

function spanOf(node: Node): readonly number[] {
  if (node.kind !== 'call' || !node.operator.key.startsWith('within_')) return [];
  const [, count, unit] = node.operands;
  if (count?.kind !== 'literal' || unit?.kind !== 'literal') return [];
  const length = elapsed[unit.value as keyof typeof elapsed] as number | undefined;
  return length === undefined ? [] : [-Number(count.value) * length, Number(count.value) * length];
}

/** The next instant at which an answer can change: up to it, what moves with now moves evenly, and all else stands still. */
function nextStep({ times, spans, readsHours }: Marks, row: Row, then: Moment): number {
  const now = Date.parse(then.now);
  const { ahead, still } = timesAt(times, row, then);
  const meetings = still.flatMap((time) =>
    [0, ...spans, ...ahead].flatMap((lead) => [time - lead, time - lead + 1]).filter((at) => at > now),
  );
  const turns = ahead.filter((lead) => lead !== 0).map((lead) => startOfNextDay(now + lead, then.timeZone) - lead);
  const hours = readsHours ? ahead.map((lead) => startOfNextHour(now + lead, then.timeZone) - lead) : [];
  return Math.min(startOfNextDay(now, then.timeZone), ...meetings, ...turns, ...hours);
}

/** Instants that move with now, by how far they are ahead of it, and those that stand still. */
function timesAt(
  times: readonly Times[],
  row: Row,
  then: Moment,
): { ahead: readonly number[]; still: readonly number[] } {
  const now = Date.parse(then.now);
  const later = { ...then, now: new Date(now + 1).toISOString() };
  const [ahead, still] = [new Set<number>(), new Set<number>()];
  for (const time of times) {
    const laterOnes = time(row, later);
    for (const [index, value] of time(row, then).entries()) {
      if (typeof value !== 'string') continue;
      const at = Date.parse(value);
      const moves = laterOnes[index] !== value;
      (moves ? ahead : still).add(moves ? at - now : at);
    }
  }
  return { ahead: [...ahead], still: [...still] };
}

function startOfNextHour(at: number, timeZone: string): number {
  const shown = localTime(new Date(at).toISOString(), timeZone);
  return at + (Math.floor(shown / elapsed.hour) + 1) * elapsed.hour - shown;
}

/** The first instant of the local day after that of an instant. */
function startOfNextDay(at: number, timeZone: string): number {
  const shown = localTime(new Date(at).toISOString(), timeZone);
  const day = Math.floor(shown / DAY) + 1;
  const isThere = (instant: number) => localDay(new Date(instant).toISOString(), timeZone) >= day;
  // Where no clocks change until then, it is when they show it.
  const guess = at + day * DAY - shown;
  if (isThere(guess) && !isThere(guess - 1)) return guess;
  let [low, high] = [at, at + DAY];
  while (!isThere(high)) [low, high] = [high, high + DAY];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isThere(middle)) high = middle;
    else low = middle;
  }
  return high;
}
