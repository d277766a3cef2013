import type { CheckScope, Node, Operator, ViewerList } from '../ast.ts';
import { forbiddenKey, forbiddenKeys } from '../forbidden-keys.ts';
import type { Rule } from '../json.ts';
import { sentence } from '../locale.ts';
import { valueTypes } from '../types/index.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Moment } from '../moment.ts';
import { hasListOfViewer, ofViewer, sayViewer, viewerId } from '../viewer.ts';

const keyShape = /^[a-z][a-z0-9_]{0,40}$/;

const noViewerHere = sentence('这里不能用当前用户', 'The viewer cannot be asked for here');
const noKey = sentence(
  '这里需要当前用户的属性代码，如 id',
  'The key of an attribute of the viewer, such as id, is expected here',
);
const noList = sentence('这里需要一个列表，而当前用户只有一位', 'A list is expected here, and the viewer is only one');

/**
 * The viewer by id, or an attribute of the viewer, of the type that its place asks for and text where none does. Where nobody looks on, and
 * of an attribute that is not there or is of another type, it is empty. Its operands are the key and, once it is known, the name of the
 * type of an attribute.
 */
export const me: Operator = {
  key: 'me',
  type: ([key]) => (nameIn(key) === viewerId ? 'USER' : 'TEXT'),
  gives: 'value',
  arity: { min: 1, max: 1 },
  check([raw], scope) {
    const key = checkedKey(raw, scope.path, scope);
    return key === undefined ? undefined : [named(key)];
  },
  typed([key, known], type) {
    if (known || nameIn(key) === viewerId || type === 'EVENTS' || type === 'OPTIONS') return undefined;
    return Object.freeze([key!, named(type)]);
  },
  js(operands) {
    const [key, type] = [nameIn(operands[0]), typeIn(operands)];
    return (_row, moment) => ofViewer(moment, key, type);
  },
  sql(operands, target) {
    const type = typeIn(operands);
    const value = ofViewer(target.moment, nameIn(operands[0]), type);
    return `${target.parameter(value)}::${valueTypes[type].sqlType}`;
  },
  portable: (operands) => ({ me: [nameIn(operands[0]), typeIn(operands)] }),
  say: ([key], reader) => sayViewer(nameIn(key), reader),
};

/**
 * Whether the viewer has every attribute that a rule names, in the type that its place asks for. Of a rule that limits what the viewer sees
 * nothing may be asked otherwise: an attribute that is empty would make `!=` and `!` hold for everybody.
 */
export function viewerAnswers(node: Node, moment: Moment): boolean {
  if (node.kind === 'viewerList') return hasListOfViewer(moment, node.attribute, node.type);
  if (node.kind !== 'call') return true;
  if (node.operator === me) return ofViewer(moment, nameIn(node.operands[0]), typeIn(node.operands)) !== null;
  return node.operands.every((operand) => viewerAnswers(operand, moment));
}

/** Whether what is written in the place of a list names an attribute of the viewer, which is then the list. */
export function isOfViewer(raw: Rule): raw is { readonly me: Rule } {
  return raw !== null && typeof raw === 'object' && !Array.isArray(raw) && Object.keys(raw).join() === me.key;
}

/** Checks `{"me":[key]}` in the place of a list. */
export function checkViewerList(
  raw: { readonly me: Rule },
  type: ValueType,
  path: string,
  scope: CheckScope,
): ViewerList | undefined {
  const at = `${path}/${me.key}`;
  const [key, ...others] = Array.isArray(raw.me) ? (raw.me as readonly Rule[]) : [raw.me];
  if (others.length > 0) return scope.report(at, 'TYPE', noKey);
  const attribute = checkedKey(key, at, scope);
  if (attribute === viewerId) return scope.report(at, 'TYPE', noList);
  return attribute === undefined ? undefined : Object.freeze({ kind: 'viewerList', type, attribute } as const);
}

function checkedKey(key: Rule | undefined, at: string, scope: CheckScope): string | undefined {
  if (!scope.catalogue.viewer || scope.isOnEvents) return scope.report(at, 'TYPE', noViewerHere);
  const path = `${at}/0`;
  if (typeof key !== 'string') return scope.report(path, 'TYPE', noKey);
  if (forbiddenKeys.has(key)) return scope.report(path, 'FORBIDDEN_KEY', forbiddenKey);
  return keyShape.test(key) ? key : scope.report(path, 'TYPE', noKey);
}

function named(value: string): Node {
  return Object.freeze({ kind: 'literal', type: 'TEXT', value } as const);
}

function nameIn(node: Node | undefined): string {
  if (node?.kind !== 'literal') throw new Error('The check lets only keys of attributes through');
  return String(node.value);
}

function typeIn([key, type]: readonly Node[]): ValueType {
  if (nameIn(key) === viewerId) return 'USER';
  return type ? (nameIn(type) as ValueType) : 'TEXT';
}
