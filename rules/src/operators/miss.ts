import { numberFormat } from '../formats.ts';
import type { Node, Reader } from '../ast.ts';
import { dayOf } from '../calendar.ts';
import type { Value } from '../json.ts';
import { sentence, type Sentence } from '../locale.ts';
import { dayNumberUnit } from './counted.ts';
import { saySpan } from './time-unit.ts';

/** By how much a value lies on the wrong side of another. */
interface Miss {
  readonly subject: Node;
  readonly by: string;
  /** Whether the subject is too small, or too early. */
  readonly lacks: boolean;
}

const words: Readonly<Record<'amount' | 'time', { readonly lacks: Sentence; readonly exceeds: Sentence }>> = {
  amount: { lacks: sentence('还差 {}', 'needs {} more'), exceeds: sentence('多出 {}', 'exceeds by {}') },
  time: { lacks: sentence('早了 {}', '{} too early'), exceeds: sentence('晚了 {}', '{} too late') },
};

/**
 * How far a comparison that does not hold is from holding, such as "needs 300 more" or "12 days too early". The first of two values
 * should be the smaller one, or where `orEqual` the same. Undefined where that cannot be told, or is nothing at all.
 */
export function sayMiss(
  [first, second]: readonly [Node, Node],
  [smaller, larger]: readonly [Value, Value],
  { orEqual, reader }: { readonly orEqual: boolean; readonly reader: Reader },
): string | undefined {
  const subject = first.kind === 'literal' ? second : first;
  const by = distance(subject, [smaller, larger], { whole: orEqual ? 0 : 1, reader });
  if (by === undefined) return undefined;
  return say({ subject, by, lacks: subject === second }, reader);
}

/** `whole` is added where a whole number of days or years is lacking. */
function distance(
  subject: Node,
  [a, b]: readonly [Value, Value],
  { whole, reader }: { readonly whole: number; readonly reader: Reader },
): string | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const by = Number(Math.abs(a - b).toPrecision(12));
    const unit = dayNumberUnit(subject);
    if (unit) return saySpan(by + whole, unit, reader);
    return by === 0 ? undefined : numberFormat(reader.locale).format(by);
  }
  if (typeof a !== 'string' || typeof b !== 'string' || !isTime(subject)) return undefined;
  const days = Math.abs(dayOf(a, reader.timeZone) - dayOf(b, reader.timeZone));
  const lacking = subject.type === 'DATE' ? days + whole : days;
  return lacking === 0 ? undefined : saySpan(lacking, 'day', reader);
}

function isTime({ type }: Node): boolean {
  return type === 'DATE' || type === 'DATETIME';
}

function say({ subject, by, lacks }: Miss, { locale }: Reader): string {
  const { lacks: tooSmall, exceeds } = words[isTime(subject) ? 'time' : 'amount'];
  return (lacks ? tooSmall : exceeds)[locale].replace('{}', () => by);
}
