import type { Node } from './ast.ts';
import { elapsed, localDay } from './calendar.ts';
import { compileCondition, compileNode } from './js.ts';
import type { Row } from './json.ts';
import { momentAt, type Moment } from './moment.ts';
import { readsClock } from './references.ts';

/** Days that are looked through; a rule that holds still for so long is looked at again then. */
const HORIZON = 3_660;
const DAY = elapsed.day;

/**
 * The instant at which time alone next changes what a rule says of a customer; null where it never does. What does not change within ten
 * years is answered by the end of them, since it could.
 */
export function nextChange(rule: Node, row: Row, moment: Moment): string | null {
  if (!readsClock(rule)) return null;
  const holds = compileCondition(rule);
  const before = holds(row, moment);
  const edges = instantsOf(rule, row, moment);
  let midnight = Date.parse(moment.now);
  for (let day = moment.day + 1; day <= moment.day + HORIZON; day += 1) {
    const [from, to] = [midnight, startOfLocalDay(day, midnight, moment.timeZone)];
    for (const at of [...edges.filter((edge) => edge > from && edge < to), to]) {
      const then = new Date(at).toISOString();
      if (holds(row, momentAt(then, moment.timeZone)) !== before) return then;
    }
    midnight = to;
  }
  return new Date(midnight).toISOString();
}

/** The first instant of a local day; `guess` is that of the day before or an instant of it. */
function startOfLocalDay(day: number, guess: number, timeZone: string): number {
  const isThere = (at: number) => localDay(new Date(at).toISOString(), timeZone) >= day;
  let [low, high] = [guess, guess + DAY];
  if (isThere(high) && !isThere(high - 1)) return high;
  while (!isThere(high)) [low, high] = [high, high + DAY];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isThere(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Instants, in order, at which a comparison with now or a window of elapsed time can change its answer. */
function instantsOf(rule: Node, row: Row, moment: Moment): readonly number[] {
  const spans = [0, ...spansOf(rule)];
  const edges = timesOf(rule, row, moment).flatMap((time) =>
    spans.flatMap((span) => [time - span, time - span + 1, time + span, time + span + 1]),
  );
  return [...new Set(edges)].filter((at) => at > Date.parse(moment.now)).toSorted((a, b) => a - b);
}

/** The lengths of the windows of elapsed time in a rule, in milliseconds. */
function spansOf(node: Node): readonly number[] {
  if (node.kind !== 'call') return [];
  const within = node.operands.flatMap(spansOf);
  const [, count, unit] = node.operands;
  if (!node.operator.key.startsWith('within_') || count?.kind !== 'literal' || unit?.kind !== 'literal') return within;
  const length = elapsed[unit.value as keyof typeof elapsed] as number | undefined;
  return length === undefined ? within : [...within, Number(count.value) * length];
}

/** The instants that a rule names or reads of the customer. */
function timesOf(node: Node, row: Row, moment: Moment): readonly number[] {
  if (node.kind === 'list') return [];
  const within = node.kind === 'call' ? node.operands.flatMap((operand) => timesOf(operand, row, moment)) : [];
  const value = node.type === 'DATETIME' ? compileNode(node)(row, moment) : null;
  return typeof value === 'string' ? [...within, Date.parse(value)] : within;
}
