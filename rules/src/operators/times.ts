import { numberFormat } from '../formats.ts';
import type { Node, Reader } from '../ast.ts';
import { sentence, type Sentence } from '../locale.ts';
import { sayNode } from '../text.ts';
import type { Counted } from './of-a-day.ts';

const thereAre = sentence('有{}', 'there are {}');
const thereAreNo = sentence('没有{}', 'there are no {}');

const times: Readonly<Record<Counted, Sentence>> = {
  less: sentence('{}不到 {n} 次', 'there are fewer than {n} {}'),
  atMost: sentence('{}最多 {n} 次', 'there are at most {n} {}'),
  greater: sentence('{}超过 {n} 次', 'there are more than {n} {}'),
  atLeast: sentence('{}至少 {n} 次', 'there are at least {n} {}'),
  is: sentence('{}正好 {n} 次', 'there are exactly {n} {}'),
};

/** The list of events whose number a node is. */
export function countedList(node: Node): Node | undefined {
  return node.kind === 'call' && node.operator.key === 'count' ? node.operands[0] : undefined;
}

/** That a list of events has any, or none. */
export function sayWhetherAny(list: Node, reader: Reader, hasAny: boolean): string {
  return (hasAny ? thereAre : thereAreNo)[reader.locale].replace('{}', () => sayNode(list, reader));
}

/** How often something was done, beside a whole number: "there are at least 2 “Order” events". */
export function sayTimes(comparison: Counted, list: Node, count: number, reader: Reader): string | undefined {
  if (isAny(comparison, count)) return sayWhetherAny(list, reader, true);
  // One event would need another English noun than several.
  if (count < 1 || (count === 1 && comparison !== 'greater')) return undefined;
  return times[comparison][reader.locale]
    .replace('{n}', numberFormat(reader.locale).format(count))
    .replace('{}', () => sayNode(list, reader));
}

/** Whether a comparison only asks for one event or more. */
function isAny(comparison: Counted, count: number): boolean {
  return (comparison === 'greater' && count === 0) || (comparison === 'atLeast' && count === 1);
}
