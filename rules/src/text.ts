import { listFormat } from './formats.ts';
import { isPredicate, type Literal, type Node, type Reader } from './ast.ts';
import { labelOf } from './fields/field-definition.ts';
import { sentence, type Sentence } from './locale.ts';
import { valueTypes } from './types/index.ts';
import { sayViewer } from './viewer.ts';

const everybody = sentence('所有客户', 'everybody');
const nobody = sentence('没有客户', 'nobody');
const empty = sentence('空', 'empty');
const isYes = sentence('为“是”', 'is yes');
const isNotYes = sentence('不为“是”', 'is not yes');
const emptyList = sentence('空列表', 'an empty list');

/** A value, a field or an operation in words. */
export function sayNode(node: Node, reader: Reader): string {
  switch (node.kind) {
    case 'literal':
      return sayLiteral(node, reader);
    case 'list':
      return sayList(
        node.literals.map((literal) => sayLiteral(literal, reader)),
        'disjunction',
        reader,
      );
    case 'viewerList':
      return sayViewer(node.attribute, reader);
    case 'events':
      return sayEvents(labelOf(node.eventType, reader.locale), reader);
    case 'property':
    case 'field':
      return sayFieldName(labelOf(node.field, reader.locale), reader);
    case 'call':
      return node.operator.say(node.operands, reader);
  }
}

/** A condition in words: constants and boolean fields read as statements. */
export function sayCondition(node: Node, reader: Reader): string {
  if (node.kind === 'literal') return (node.value === true ? everybody : nobody)[reader.locale];
  return isPredicate(node)
    ? sayNode(node, reader)
    : joinWords([sayOperand(node, reader), isYes[reader.locale]], reader);
}

/** That a field or a reckoned value, which may be empty, does not hold as a condition; undefined of other nodes. */
export function sayNotYes(node: Node, reader: Reader): string | undefined {
  if (isPredicate(node)) return undefined;
  return joinWords([sayOperand(node, reader), isNotYes[reader.locale]], reader);
}

/** A condition as part of a longer sentence: what joins several conditions stands in brackets, so precedence is always seen. */
export function sayPart(node: Node, reader: Reader): string {
  const words = sayCondition(node, reader);
  return node.kind === 'call' && node.operator.gives === 'join' && node.operands.length > 1
    ? inBrackets(words, reader)
    : words;
}

/** A node as operand of a comparison: a predicate whose outcome is compared, and what reads as several words, stand in brackets. */
export function sayOperand(node: Node, reader: Reader): string {
  const words = sayNode(node, reader);
  const isCompound = node.kind === 'call' && (node.operator.gives !== 'value' || node.operator.isCompound);
  return isCompound ? inBrackets(words, reader) : words;
}

/** Words in the brackets of the language. */
export function inBrackets(words: string, { locale }: Reader): string {
  return locale === 'en' ? `(${words})` : `（${words}）`;
}

/** Words with the spacing of the language: Chinese sets a space only between a Han character and a bare number. */
export function joinWords(words: readonly string[], { locale }: Reader): string {
  if (locale === 'en') return words.join(' ');
  return words.reduce((before, word) => (isSpaced(before, word) ? `${before} ${word}` : before + word));
}

/** Words around others: `{}` stands for those. */
export function sayAround(words: Sentence, spoken: string, reader: Reader): string {
  const [before, behind] = words[reader.locale].split('{}').map((word) => word.trim());
  return joinWords(
    [before!, spoken, behind!].filter((word) => word !== ''),
    reader,
  );
}

function isSpaced(before: string, word: string): boolean {
  return (
    (/\p{Script=Han}$/u.test(before) && /^[-\d]/.test(word)) || (/\d$/.test(before) && /^\p{Script=Han}/u.test(word))
  );
}

/** Several words as one of them or all of them: “a”, “b” or “c”. */
export function sayList(words: readonly string[], type: 'disjunction' | 'conjunction', reader: Reader): string {
  if (words.length === 0) return emptyList[reader.locale];
  const parts = listFormat[type](reader.locale)
    .formatToParts(words)
    .map(({ value }) => value);
  return reader.locale === 'en' ? parts.join('') : joinWords(parts, reader);
}

function sayLiteral(literal: Literal, reader: Reader): string {
  if (literal.type === 'NULL' || literal.value === null) return empty[reader.locale];
  return valueTypes[literal.type].say(literal.value, reader.locale, { ...reader, field: literal.field });
}

function sayEvents(label: string, { locale }: Reader): string {
  return locale === 'en' ? `“${label}” events` : `「${label}」`;
}

function sayFieldName(label: string, { locale }: Reader): string {
  return locale === 'en' ? label : `「${label}」`;
}
