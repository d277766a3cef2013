import type { Node, Reader } from '../ast.ts';
import { sentence, type Locale, type Sentence } from '../locale.ts';
import { joinWords, sayList, sayOperand } from '../text.ts';
import { timePartOf, type TimePart } from './part.ts';

/** How a part of a day that people know by name is told. */
interface Named {
  /** Its numbers run from 1 to this. */
  readonly most: number;
  readonly is: Sentence;
  readonly isNot: Sentence;
  name(number: number, locale: Locale): string;
}

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const ordinalEnds: Readonly<Record<Intl.LDMLPluralRule, string>> = {
  one: 'st',
  two: 'nd',
  few: 'rd',
  other: 'th',
  zero: 'th',
  many: 'th',
};

const namedParts: Readonly<Partial<Record<TimePart, Named>>> = {
  month: {
    most: 12,
    is: sentence('在', 'is in'),
    isNot: sentence('不在', 'is not in'),
    name: (month, locale) => nameOf('month', Date.UTC(2024, month - 1), locale),
  },
  day: {
    most: 31,
    is: sentence('是', 'is on'),
    isNot: sentence('不是', 'is not on'),
    name: (day, locale) => (locale === 'en' ? `the ${day}${ordinalEnds[ordinals.select(day)]}` : `${day} 日`),
  },
  weekday: {
    most: 7,
    is: sentence('是', 'is on'),
    isNot: sentence('不是', 'is not on'),
    // 1 January 2024 was a Monday.
    name: (weekday, locale) => nameOf('weekday', Date.UTC(2024, 0, weekday), locale),
  },
};

function nameOf(part: 'month' | 'weekday', day: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { [part]: 'long', timeZone: 'UTC' }).format(day);
}

/** That a part of a day is one of some, by their names: "Born is in May". Undefined of all else, and of numbers that name none. */
export function sayNamedPart(
  subject: Node,
  numbers: readonly Node[],
  reader: Reader,
  negated: boolean,
): string | undefined {
  if (subject.kind !== 'call' || subject.operator.key !== 'part') return undefined;
  const named = namedParts[timePartOf(subject.operands)];
  const written = numbers.map((node) => (node.kind === 'literal' ? Number(node.value) : NaN));
  if (!named || !written.every((number) => Number.isInteger(number) && number >= 1 && number <= named.most))
    return undefined;
  const { locale } = reader;
  const names = written.map((number) => named.name(number, locale));
  const verb = (negated ? named.isNot : named.is)[locale];
  return joinWords([sayOperand(subject.operands[0]!, reader), verb, sayList(names, 'disjunction', reader)], reader);
}
