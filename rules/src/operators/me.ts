import type { Node, Operator, Reader } from '../ast.ts';
import { userIdShape } from '../fields/user.ts';
import { forbiddenKey, forbiddenKeys } from '../forbidden-keys.ts';
import type { Value } from '../json.ts';
import { sentence } from '../locale.ts';
import type { Moment } from '../moment.ts';
import { valueTypes } from '../types/index.ts';
import type { ValueType } from '../types/value-type.ts';

const viewerId = 'id';
const keyShape = /^[a-z][a-z0-9_]{0,40}$/;
const regionShape = /^\d{6}$/;

const noViewerHere = sentence('这里不能用当前用户', 'The viewer cannot be asked for here');
const noKey = sentence(
  '这里需要当前用户的属性代码，如 id',
  'The key of an attribute of the viewer, such as id, is expected here',
);
const viewer = sentence('当前用户', 'the current user');
const attribute = sentence('当前用户的「{}」', 'the current user’s “{}”');

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
  check([key], scope) {
    if (!scope.catalogue.viewer || scope.isOnEvents) return scope.report(scope.path, 'TYPE', noViewerHere);
    const path = `${scope.path}/0`;
    if (typeof key !== 'string') return scope.report(path, 'TYPE', noKey);
    if (forbiddenKeys.has(key)) return scope.report(path, 'FORBIDDEN_KEY', forbiddenKey);
    return keyShape.test(key) ? [named(key)] : scope.report(path, 'TYPE', noKey);
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
  say: ([key], reader) => say(nameIn(key), reader),
};

/** What a rule reads of whoever asks at a moment: the id, or an attribute as a type. */
export function ofViewer({ viewer: asking, timeZone }: Moment, key: string, type: ValueType): Value {
  if (!asking) return null;
  if (key === viewerId) return asking.id;
  const raw = Object.hasOwn(asking.attributes, key) ? asking.attributes[key] : null;
  if (typeof raw === 'string') return readText(raw.trim(), type, timeZone);
  return typeof raw === 'number' || typeof raw === 'boolean' ? readAs(raw, type, timeZone) : null;
}

/** What names a user or a region has the shape of one: whether there is such a one is not asked, and no cast of it fails. */
function readText(text: string, type: ValueType, timeZone: string): Value {
  if (type === 'USER') return userIdShape.test(text.toLowerCase()) ? text.toLowerCase() : null;
  if (type === 'REGION') return regionShape.test(text) ? text : null;
  return readAs(text, type, timeZone);
}

function readAs(value: string | number | boolean, type: ValueType, timeZone: string): Value {
  // Which options there are is the field's to say; a text that is none of them equals nothing that is stored.
  const { literal } = valueTypes[type === 'OPTION' ? 'TEXT' : type];
  const outcome = literal(value, { users: new Map(), regions: new Map(), timeZone });
  return outcome.ok ? outcome.value : null;
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

function say(key: string, { locale }: Reader): string {
  return key === viewerId ? viewer[locale] : attribute[locale].replace('{}', () => key);
}
