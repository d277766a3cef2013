import type { CheckScope, Literal, LiteralList, Node, Operator, Reader, ViewerList } from '../ast.ts';
import type { Rule, Value } from '../json.ts';
import { limitMessage } from '../limit-message.ts';
import { ruleLimits } from '../limits.ts';
import { sentence } from '../locale.ts';
import type { Moment } from '../moment.ts';
import type { ValueType } from '../types/value-type.ts';
import { listOfViewer } from '../viewer.ts';
import { refuseNull } from './comparing.ts';
import { checkViewerList, isOfViewer } from './me.ts';

/** One of the meanings of `in`: which one is told by what stands on its right. */
export interface Containment extends Pick<Operator, 'check' | 'js' | 'sql' | 'portable'> {
  say(operands: readonly Node[], reader: Reader, negated: boolean): string;
}

/** What the literals of a list are, and whose options they name. */
interface Listed {
  readonly type: ValueType;
  readonly field: Literal['field'];
}

/** Checks the second operand as a list of literals of one type, or an attribute of the viewer in its place. */
export function checkList(raw: Rule, listed: Listed, scope: CheckScope): LiteralList | ViewerList | undefined {
  const path = `${scope.path}/1`;
  if (isOfViewer(raw)) return checkViewerList(raw, listed.type, path, scope);
  if (!Array.isArray(raw)) return scope.report(path, 'TYPE', sentence('这里需要一个列表', 'A list is expected here'));
  if (raw.length > ruleLimits.ruleListLiterals) {
    return scope.report(path, 'LIMIT', limitMessage('ruleListLiterals'), 'ruleListLiterals');
  }
  const literals = (raw as readonly Rule[]).map((entry, index) => checkEntry(entry, listed, `${path}/${index}`, scope));
  if (!literals.every((literal) => literal !== undefined)) return undefined;
  return Object.freeze<LiteralList>({ kind: 'list', type: listed.type, literals: Object.freeze(literals) });
}

function checkEntry(entry: Rule, { type, field }: Listed, path: string, scope: CheckScope): Literal | undefined {
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

/** What is made once of the values of a list: of those of the viewer, once a moment. */
export function madeOfList<T>(list: Node, make: (values: readonly Value[]) => T): (moment: Moment) => T {
  if (list.kind !== 'viewerList') {
    const only = make(valuesAt(list, undefined));
    return () => only;
  }
  const made = new WeakMap<Moment, T>();
  return (moment) => {
    const known = made.get(moment) ?? make(valuesAt(list, moment));
    made.set(moment, known);
    return known;
  };
}

/** The values of a list at a moment. */
export function valuesAt(list: Node, moment: Moment | undefined): readonly Value[] {
  if (list.kind === 'viewerList') return moment ? listOfViewer(moment, list.attribute, list.type) : [];
  return list.kind === 'list' ? list.literals.map(({ value }) => value) : [];
}

/** The literals of the list that stands second. */
export function literalsOf([, list]: readonly Node[]): readonly Literal[] {
  return list?.kind === 'list' ? list.literals : [];
}
