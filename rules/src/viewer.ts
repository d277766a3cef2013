import type { Reader } from './ast.ts';
import { userIdShape } from './fields/user.ts';
import type { Value } from './json.ts';
import { sentence } from './locale.ts';
import type { Moment } from './moment.ts';
import { valueTypes } from './types/index.ts';
import type { ValueType } from './types/value-type.ts';

/** The key by which a rule reads who the viewer is; every other one is that of an attribute. */
export const viewerId = 'id';
const regionShape = /^\d{6}$/;
const viewer = sentence('当前用户', 'the current user');
const attribute = sentence('当前用户的「{}」', 'the current user’s “{}”');

/** What a rule reads of whoever asks at a moment: the id, or an attribute as a type. */
export function ofViewer({ viewer: asking, timeZone }: Moment, key: string, type: ValueType): Value {
  if (!asking) return null;
  if (key === viewerId) return asking.id;
  return readOne(Object.hasOwn(asking.attributes, key) ? asking.attributes[key] : null, type, timeZone);
}

/** The same where a list is asked for: a single value is a list of one; what is not of the type is left out. */
export function listOfViewer(
  { viewer: asking, timeZone }: Moment,
  key: string,
  type: ValueType,
): readonly (string | number | boolean)[] {
  const values = valuesOfViewer(asking, key).map((each) => readOne(each, type, timeZone));
  return values.filter((value) => value !== null && typeof value !== 'object');
}

/** Whether the viewer has the attribute that a list is asked of, and every value of it is of the type. */
export function hasListOfViewer(moment: Moment, key: string, type: ValueType): boolean {
  const raw = valuesOfViewer(moment.viewer, key);
  return raw.length > 0 && listOfViewer(moment, key, type).length === raw.length;
}

function valuesOfViewer(asking: Moment['viewer'], key: string): readonly unknown[] {
  const raw: unknown = asking && Object.hasOwn(asking.attributes, key) ? asking.attributes[key] : [];
  return Array.isArray(raw) ? (raw as readonly unknown[]) : [raw];
}

function readOne(raw: unknown, type: ValueType, timeZone: string): Value {
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

/** The viewer, or an attribute, in words. */
export function sayViewer(key: string, { locale }: Reader): string {
  return key === viewerId ? viewer[locale] : attribute[locale].replace('{}', () => key);
}
