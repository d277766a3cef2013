import type { CheckScope, Node, Reader } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule } from '../json.ts';
import { sentence } from '../locale.ts';
import { nodeToPortable, whenNoneIsEmpty } from '../portable.ts';
import { nodeToSql } from '../sql.ts';
import { joinWords, sayNode, sayOperand } from '../text.ts';
import { valueTypes } from '../types/index.ts';
import { optionsFieldOf, refuseIncomparable, refuseNull } from './comparing.ts';
import { checkList, literalsOf, madeOfList, type Containment } from './containment.ts';
import { sayNamedPart } from './named-part.ts';

const isOneOf = sentence('是', 'is');
const isNoneOf = sentence('不是', 'is not');
const isOneOfViewer = sentence('是{}之一', 'is one of {}');
const isNoneOfViewer = sentence('不是{}之一', 'is not one of {}');
const isInEmpty = sentence('在空列表中', 'is in an empty list');
const isOutsideEmpty = sentence('不在空列表中', 'is not in an empty list');

function check([, raw]: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const left = scope.operand(0);
  if (left === undefined) return undefined;
  if (left.type === 'NULL') return refuseNull(scope, `${scope.path}/0`);
  const { type } = left;
  if (type === 'BOOLEAN') {
    return scope.report(
      `${scope.path}/0`,
      'TYPE',
      sentence('“是或否”不能用列表比较', 'Yes or no cannot be looked up in a list'),
    );
  }
  if (!valueTypes[type].comparable) return refuseIncomparable(type, scope, `${scope.path}/0`);
  const subject = scope.settle(left, type, undefined, `${scope.path}/0`);
  const list = checkList(raw!, { type, field: optionsFieldOf(left) }, scope);
  return subject && list && [subject, list];
}

function say(operands: readonly Node[], reader: Reader, negated: boolean): string {
  if (operands[1]!.kind === 'viewerList') return sayOfViewer(operands, reader, negated);
  const literals = literalsOf(operands);
  const verb = (negated ? isNoneOf : isOneOf)[reader.locale];
  const subject = sayOperand(operands[0]!, reader);
  if (literals.length === 0) return joinWords([subject, (negated ? isOutsideEmpty : isInEmpty)[reader.locale]], reader);
  const named = sayNamedPart(operands[0]!, literals, reader, negated);
  return named ?? joinWords([subject, verb, sayNode(operands[1]!, reader)], reader);
}

function sayOfViewer([subject, list]: readonly Node[], reader: Reader, negated: boolean): string {
  const words = (negated ? isNoneOfViewer : isOneOfViewer)[reader.locale];
  return joinWords([sayOperand(subject!, reader), words.replace('{}', () => sayNode(list!, reader))], reader);
}

/** `in` with a list of literals: the value is one of them; false when empty, and for an empty list. */
export const inList: Containment = {
  check,
  js(operands) {
    const value = compileNode(operands[0]!);
    const known = madeOfList(operands[1]!, (values) => new Set(values));
    return (row, moment) => known(moment).has(value(row, moment));
  },
  sql: ([subject, list], target) => `((${nodeToSql(subject!, target)} = ANY(${nodeToSql(list!, target)})) IS TRUE)`,
  portable([subject, list]) {
    if (list!.kind === 'list' && list!.literals.length === 0) return false;
    return whenNoneIsEmpty([subject!], ([value]) => ({ in: [value!, nodeToPortable(list!)] }));
  },
  say,
};
