import type { CheckScope, Node, Reader } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule } from '../json.ts';
import { sentence } from '../locale.ts';
import { whenNoneIsEmpty } from '../portable.ts';
import { nodeToSql } from '../sql.ts';
import { joinWords, sayNode, sayOperand } from '../text.ts';
import { valueTypes } from '../types/index.ts';
import { refuseIncomparable, refuseNull } from './comparing.ts';
import { checkList, literalsOf, type Containment } from './containment.ts';
import { sayNamedPart } from './named-part.ts';

const isOneOf = sentence('是', 'is');
const isNoneOf = sentence('不是', 'is not');
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
  const list = checkList(raw!, { type, field: left.kind === 'field' ? left.field : undefined }, scope);
  return subject && list && [subject, list];
}

function say(operands: readonly Node[], reader: Reader, negated: boolean): string {
  const literals = literalsOf(operands);
  const verb = (negated ? isNoneOf : isOneOf)[reader.locale];
  const subject = sayOperand(operands[0]!, reader);
  if (literals.length === 0) return joinWords([subject, (negated ? isOutsideEmpty : isInEmpty)[reader.locale]], reader);
  const named = sayNamedPart(operands[0]!, literals, reader, negated);
  return named ?? joinWords([subject, verb, sayNode(operands[1]!, reader)], reader);
}

/** `in` with a list of literals: the value is one of them; false when empty, and for an empty list. */
export const inList: Containment = {
  check,
  js(operands) {
    const value = compileNode(operands[0]!);
    const known = new Set(literalsOf(operands).map((literal) => literal.value));
    return (row, moment) => known.has(value(row, moment));
  },
  sql: ([subject, list], target) => `((${nodeToSql(subject!, target)} = ANY(${nodeToSql(list!, target)})) IS TRUE)`,
  portable(operands) {
    const literals = literalsOf(operands).map(({ value }) => value);
    return literals.length === 0
      ? false
      : whenNoneIsEmpty([operands[0]!], ([subject]) => ({ in: [subject!, literals] }));
  },
  say,
};
