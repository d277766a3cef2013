import type { Node, Reader } from '../ast.ts';
import { sentence, type Sentence } from '../locale.ts';
import { joinWords, sayList, sayOperand } from '../text.ts';
import { timePartOf } from './part.ts';

/** How one of the named parts of a day is told. */
interface Named {
  readonly most: number;
  readonly is: Sentence;
  readonly isNot: Sentence;
  /** A day of the part that has a number. */
  day(number: number): number;
}

const months: Named = {
  most: 12,
  is: sentence('在', 'is in'),
  isNot: sentence('不在', 'is not in'),
  day: (month) => Date.UTC(2024, month - 1),
};

const weekdays: Named = {
  most: 7,
  is: sentence('是', 'is on'),
  isNot: sentence('不是', 'is not on'),
  // 1 January 2024 was a Monday.
  day: (weekday) => Date.UTC(2024, 0, weekday),
};

/** That a month or a weekday is one of some, by their names: "Born is in May". Undefined of all else, and of numbers that name none. */
export function sayNamedPart(
  subject: Node,
  numbers: readonly Node[],
  reader: Reader,
  negated: boolean,
): string | undefined {
  if (subject.kind !== 'call' || subject.operator.key !== 'part') return undefined;
  const part = timePartOf(subject.operands);
  if (part !== 'month' && part !== 'weekday') return undefined;
  const { is, isNot, most, day } = part === 'month' ? months : weekdays;
  const written = numbers.map((node) => (node.kind === 'literal' ? Number(node.value) : NaN));
  if (!written.every((number) => Number.isInteger(number) && number >= 1 && number <= most)) return undefined;
  const format = new Intl.DateTimeFormat(reader.locale, { [part]: 'long', timeZone: 'UTC' });
  const names = written.map((number) => format.format(day(number)));
  const verb = (negated ? isNot : is)[reader.locale];
  return joinWords([sayOperand(subject.operands[0]!, reader), verb, sayList(names, 'disjunction', reader)], reader);
}
