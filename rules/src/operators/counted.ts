import type { Node, Reader } from '../ast.ts';
import { sayOperand } from '../text.ts';
import { sinceDay } from './days-since.ts';
import { toAnniversary } from './days-to-anniversary.ts';
import { untilDay } from './days-until.ts';
import type { Counted } from './of-a-day.ts';
import { saySpan } from './time-unit.ts';
import { countedList, sayTimes } from './times.ts';
import { yearsSinceDay } from './years-since.ts';

const dayNumbers = new Map([sinceDay, untilDay, toAnniversary, yearsSinceDay].map((number) => [number.key, number]));

/** What a number of days or years counts; undefined of all else. */
export function dayNumberUnit(node: Node): 'day' | 'year' | undefined {
  return node.kind === 'call' ? dayNumbers.get(node.operator.key)?.compared.unit : undefined;
}

/** A number of days, years or events beside a written number, as people say it: "Joined is more than 28 days ago". Undefined of all else. */
export function sayCounted(
  comparison: Counted,
  [subject, object]: readonly [Node, Node],
  reader: Reader,
): string | undefined {
  const count = object.kind === 'literal' && Number.isInteger(object.value) ? Number(object.value) : -1;
  const list = countedList(subject);
  if (list) return sayTimes(comparison, list, count, reader);
  const compared = subject.kind === 'call' && dayNumbers.get(subject.operator.key)?.compared;
  if (!compared || count < 0) return undefined;
  const words = count > 0 ? compared.words[comparison] : comparison === 'is' ? compared.none : undefined;
  const span = saySpan(count, compared.unit, reader);
  return words?.[reader.locale].replace('{span}', span).replace('{}', () => sayOperand(subject.operands[0]!, reader));
}
