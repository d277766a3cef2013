import type { CheckScope, Compiled, Node, Operator, Reader, SqlTarget } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { sentence } from '../locale.ts';
import { nodeToPortable, whenNoneIsEmpty } from '../portable.ts';
import { nodeToSql } from '../sql.ts';
import { sayList, sayNode } from '../text.ts';
import { valueTypes } from '../types/index.ts';
import { optionsFieldOf } from './comparing.ts';
import { checkList, literalsOf, madeOfList, valuesAt } from './containment.ts';
import { sayIncluding } from './including.ts';

const anyOfViewer = sentence('{}中的任何一项', 'any of {}');
// That it is all of them is said before it.
const allOfViewer = sentence('{}中的所有选项', '{}');
const anyOfNothing = sentence('空列表中的任何一项', 'anything from an empty list');

/** A question about several options and a list of keys. */
export interface Having {
  /** Whether one of the keys is enough, or all are asked for; an empty list is false either way. */
  readonly asks: 'any' | 'all';
}

/** Checks a first operand that holds several options, and a list of keys, which may stand second in another place. */
export function checkHaving(
  [, raw]: readonly Rule[],
  scope: CheckScope,
  listScope = scope,
): readonly Node[] | undefined {
  const held = scope.operand(0);
  if (held === undefined) return undefined;
  if (held.type !== 'OPTIONS') {
    const message = sentence('这里需要一个多选字段', 'A field of several options is expected here');
    return scope.report(`${scope.path}/0`, 'TYPE', message);
  }
  const list = checkList(raw!, { type: 'OPTION', field: optionsFieldOf(held) }, listScope);
  return list && [held, list];
}

/** Whether one or all of some keys are among others; an empty list never is. */
export function holdsAsked(asks: Having['asks'], keys: readonly Value[], held: readonly Value[]): boolean {
  if (keys.length === 0) return false;
  return asks === 'any' ? keys.some((key) => held.includes(key)) : keys.every((key) => held.includes(key));
}

/** `has_any` or `has_all` in JS. */
export function havingInJs({ asks }: Having, operands: readonly Node[]): Compiled {
  const held = compileNode(operands[0]!);
  const keysAt = madeOfList(operands[1]!, (values) => values);
  return (row, moment) => {
    const [value, keys] = [held(row, moment), keysAt(moment)];
    return Array.isArray(value) && holdsAsked(asks, keys, value);
  };
}

/** The same in SQL, without its last word: `IS TRUE` or `IS NOT TRUE` follows. */
export function havingInSql({ asks }: Having, operands: readonly Node[], target: SqlTarget): string {
  if (valuesAt(operands[1]!, target.moment).length === 0) return '(FALSE)';
  return `(${operands.map((node) => nodeToSql(node, target)).join(asks === 'any' ? ' && ' : ' @> ')})`;
}

/** The same in plain JSON-logic. */
export function havingInPortable({ asks }: Having, operands: readonly Node[]): Rule {
  if (operands[1]!.kind === 'viewerList') return { [`has_${asks}`]: operands.map(nodeToPortable) };
  const keys = literalsOf(operands).map(({ value }) => value);
  if (keys.length === 0) return false;
  return whenNoneIsEmpty([operands[0]!], ([held]): Rule =>
    asks === 'any'
      ? { some: [held!, { in: [{ var: '' }, keys] }] }
      : { and: keys.map((key) => ({ in: [key, held!] })) },
  );
}

/** The same in words. */
export function sayHaving({ asks }: Having, [held, list]: readonly Node[], reader: Reader, negated: boolean): string {
  if (list!.kind === 'viewerList') return sayHavingOfViewer(asks, [held!, list!], reader, negated);
  const literals = literalsOf([held!, list!]);
  const names = literals.map(({ value, field }) => valueTypes.OPTION.say(value!, reader.locale, { ...reader, field }));
  const isAllOfSeveral = asks === 'all' && names.length > 1;
  const words = sayList(names, asks === 'any' ? 'disjunction' : 'conjunction', reader);
  const object = names.length === 0 ? anyOfNothing[reader.locale] : words;
  return sayIncluding(held!, object, reader, { negated, all: isAllOfSeveral });
}

function sayHavingOfViewer(
  asks: Having['asks'],
  [held, list]: readonly [Node, Node],
  reader: Reader,
  negated: boolean,
): string {
  const object = (asks === 'any' ? anyOfViewer : allOfViewer)[reader.locale].replace('{}', () => sayNode(list, reader));
  return sayIncluding(held, object, reader, { negated, all: asks === 'all' });
}

/** Makes `has_any` or `has_all`. */
export function having(key: string, question: Having): Operator {
  return {
    key,
    type: 'BOOLEAN',
    gives: 'predicate',
    arity: { min: 2, max: 2 },
    check: (operands, scope) => checkHaving(operands, scope),
    js: (operands) => havingInJs(question, operands),
    sql: (operands, target) => `(${havingInSql(question, operands, target)} IS TRUE)`,
    portable: (operands) => havingInPortable(question, operands),
    say: (operands, reader) => sayHaving(question, operands, reader, false),
    sayNot: (operands, reader) => sayHaving(question, operands, reader, true),
  };
}
