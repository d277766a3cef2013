import { isNull, isPredicate, type Compiled, type Node, type Reader, type SqlTarget } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule } from '../json.ts';
import { sentence } from '../locale.ts';
import { nodeToPortable, whenNoneIsEmpty } from '../portable.ts';
import { nodeToSql } from '../sql.ts';
import { joinWords, sayOperand } from '../text.ts';
import { valueTypes } from '../types/index.ts';
import { sayBeside } from './beside.ts';
import { sayCounted } from './counted.ts';
import { isPlural } from './including.ts';
import { sayNamedPart } from './named-part.ts';
import { countedList, sayWhetherAny } from './times.ts';

const isEmpty = sentence('为空', 'is empty');
const isNotEmpty = sentence('不为空', 'is not empty');
const sameAs = sentence('与{}相同', 'is the same as {}');
const notSameAs = sentence('与{}不同', 'is not the same as {}');

/** With the literal `null` on one side: the other one, whose emptiness is asked. */
function askedForEmpty([a, b]: readonly Node[]): Node | undefined {
  if (isNull(a!)) return b;
  return isNull(b!) ? a : undefined;
}

/** `==` in JS: false when an operand is empty, unless the other is the literal `null`. */
export function equalsInJs(operands: readonly Node[]): Compiled {
  const asked = askedForEmpty(operands);
  if (asked) {
    const value = compileNode(asked);
    return (row, moment) => value(row, moment) === null;
  }
  const [a, b] = operands.map(compileNode) as [Compiled, Compiled];
  return (row, moment) => {
    const left = a(row, moment);
    return left !== null && left === b(row, moment);
  };
}

/** `==` in SQL without its last word: `IS TRUE` or `IS NOT TRUE` follows. */
export function equalsInSql(operands: readonly Node[], target: SqlTarget): string {
  const asked = askedForEmpty(operands);
  if (asked && isNull(asked)) return '(TRUE)';
  if (asked) return `(${nodeToSql(asked, target)} IS NULL)`;
  return `(${operands.map((node) => nodeToSql(node, target)).join(' = ')})`;
}

/** `==` in plain JSON-logic. */
export function equalsInPortable(operands: readonly Node[]): Rule {
  const asked = askedForEmpty(operands);
  if (asked) return { '==': [nodeToPortable(asked), null] };
  // Only where both sides can be empty would JSON-logic find null equal to null.
  const bothCanBeEmpty = operands.every((node) => node.kind !== 'literal' && !isPredicate(node));
  if (!bothCanBeEmpty) return { '==': operands.map(nodeToPortable) };
  return whenNoneIsEmpty(operands, (rules) => ({ '==': rules }));
}

/** `==` or `!=` in words. */
export function sayEquality(operands: readonly Node[], reader: Reader, negated: boolean): string {
  const asked = askedForEmpty(operands);
  if (asked?.type === 'EVENTS') return sayWhetherAny(asked, reader, negated);
  if (asked) {
    const words = (negated ? isNotEmpty : isEmpty)[reader.locale];
    return joinWords([sayOperand(asked, reader), isPlural(asked) ? words.replace('is', 'are') : words], reader);
  }
  // What varies reads first: "city is Beijing", however it was written.
  const [subject, object] = operands[0]!.kind === 'literal' ? operands.toReversed() : operands;
  const list = object!.kind === 'literal' && object!.value === 0 ? countedList(subject!) : undefined;
  if (list) return sayWhetherAny(list, reader, negated);
  const counted = negated ? undefined : sayCounted('is', [subject!, object!], reader);
  const usual = counted ?? sayNamedPart(subject!, [object!], reader, negated);
  if (usual !== undefined) return usual;
  const words = [sayOperand(subject!, reader), sayBeside(subject!, object!, reader)] as const;
  // Beside another field, "is" would read as if its name were the value.
  if (object!.kind === 'field') return sayAlike(words, reader, negated);
  const type = subject!.type === 'NULL' ? 'TEXT' : subject!.type;
  const { is, isNot } = valueTypes[type].words;
  return joinWords([words[0], (negated ? isNot : is)[reader.locale], words[1]], reader);
}

function sayAlike([a, b]: readonly [string, string], reader: Reader, negated: boolean): string {
  const words = (negated ? notSameAs : sameAs)[reader.locale].replace('{}', () => b);
  return joinWords([a, words], reader);
}
