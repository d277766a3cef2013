import type { CheckScope, Literal, LiteralList, Node, Operator, Reader } from '../ast.ts';
import { limitMessage } from '../limit-message.ts';
import { compileNode } from '../js.ts';
import type { Rule } from '../json.ts';
import { ruleLimits } from '../limits.ts';
import { sentence } from '../locale.ts';
import { whenNoneIsEmpty } from '../portable.ts';
import { nodeToSql } from '../sql.ts';
import { joinWords, sayNode } from '../text.ts';
import { valueTypes } from '../types/index.ts';
import { refuseIncomparable, refuseNull } from './comparing.ts';

const isOneOf = sentence('是', 'is');
const isNoneOf = sentence('不是', 'is not');

function check([, raw]: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const left = scope.operand(0);
  if (!Array.isArray(raw)) {
    return scope.report(`${scope.path}/1`, 'TYPE', sentence('这里需要一个列表', 'A list is expected here'));
  }
  if (raw.length > ruleLimits.ruleListLiterals) {
    return scope.report(`${scope.path}/1`, 'LIMIT', limitMessage('ruleListLiterals'), 'ruleListLiterals');
  }
  if (left === undefined) return undefined;
  if (left.type === 'NULL') return refuseNull(scope, `${scope.path}/0`);
  return checkAgainst(left, raw as readonly Rule[], scope);
}

function checkAgainst(left: Node, raw: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const type = left.type === 'NULL' ? 'TEXT' : left.type;
  if (type === 'BOOLEAN') {
    return scope.report(
      `${scope.path}/0`,
      'TYPE',
      sentence('“是或否”不能用列表比较', 'Yes or no cannot be looked up in a list'),
    );
  }
  if (!valueTypes[type].comparable) return refuseIncomparable(type, scope, `${scope.path}/0`);
  const subject = scope.settle(left, type, undefined, `${scope.path}/0`);
  const field = left.kind === 'field' ? left.field : undefined;
  const literals = raw.map((entry, index) => checkEntry(entry, { type, field }, `${scope.path}/1/${index}`, scope));
  if (subject === undefined || !literals.every((literal) => literal !== undefined)) return undefined;
  return [subject, Object.freeze<LiteralList>({ kind: 'list', type, literals: Object.freeze(literals) })];
}

function checkEntry(
  entry: Rule,
  { type, field }: { type: LiteralList['type']; field: Literal['field'] },
  path: string,
  scope: CheckScope,
): Literal | undefined {
  if (entry === null) return refuseNull(scope, path);
  if (typeof entry === 'object')
    return scope.report(path, 'TYPE', sentence('列表里只能有值', 'A list may hold values only'));
  const written: Literal = { kind: 'literal', type: writtenType(entry), value: entry };
  const settled = scope.settle(written, type, field, path);
  return settled?.kind === 'literal' ? settled : undefined;
}

function writtenType(entry: string | number | boolean): 'TEXT' | 'NUMBER' | 'BOOLEAN' {
  if (typeof entry === 'string') return 'TEXT';
  return typeof entry === 'number' ? 'NUMBER' : 'BOOLEAN';
}

function literalsOf([, list]: readonly Node[]): readonly Literal[] {
  return list?.kind === 'list' ? list.literals : [];
}

function say(operands: readonly Node[], reader: Reader, negated: boolean): string {
  const literals = literalsOf(operands);
  const verb = (negated ? isNoneOf : isOneOf)[reader.locale];
  const subject = sayNode(operands[0]!, reader);
  if (literals.length === 0) {
    return joinWords(
      [subject, reader.locale === 'en' ? `${verb} in an empty list` : `${negated ? '不在' : '在'}空列表中`],
      reader,
    );
  }
  return joinWords([subject, verb, sayNode(operands[1]!, reader)], reader);
}

/** Is one of the literals of a list; false when empty, and for an empty list. */
export const isIn: Operator = {
  key: 'in',
  type: 'BOOLEAN',
  joins: false,
  arity: { min: 2, max: 2 },
  check,
  js(operands) {
    const value = compileNode(operands[0]!);
    const known = new Set(literalsOf(operands).map((literal) => literal.value));
    return (row) => known.has(value(row));
  },
  sql: ([subject, list], target) => `((${nodeToSql(subject!, target)} = ANY(${nodeToSql(list!, target)})) IS TRUE)`,
  portable(operands) {
    const literals = literalsOf(operands).map(({ value }) => value);
    return literals.length === 0
      ? false
      : whenNoneIsEmpty([operands[0]!], ([subject]) => ({ in: [subject!, literals] }));
  },
  say: (operands, reader) => say(operands, reader, false),
  sayNot: (operands, reader) => say(operands, reader, true),
};
