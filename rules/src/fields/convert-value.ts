import { dayName, localDay } from '../calendar.ts';
import type { Json, Value } from '../json.ts';
import { sentence } from '../locale.ts';
import type { Checked, Problem, ValueProblemCode } from '../problem.ts';
import type { FieldValueType } from '../types/value-type.ts';
import { checkValue } from './check-value.ts';
import type { ConversionTools } from './check-tools.ts';
import type { FieldDefinition, FieldType } from './field-definition.ts';
import { fieldTypes } from './index.ts';
import { nameOf, optionNamed } from './option-text.ts';

/** What a value of one type is in the terms of another, without the way by text; undefined where it is nothing. */
type Direct = (
  value: NonNullable<Value>,
  field: FieldDefinition,
  into: FieldDefinition,
) => NonNullable<Json> | undefined;

const optionOf: Direct = (value, field, into) => {
  const key = String(value);
  if (into.options.some((option) => option.key === key)) return key;
  const name = nameOf(key, field);
  return name === undefined ? undefined : optionNamed(name, into)?.key;
};

const optionsOf: Direct = (value, field, into) => {
  const keys = [value].flat().map((key) => optionOf(String(key), field, into));
  return keys.every((key) => key !== undefined) ? (keys as readonly string[]) : undefined;
};

/** The pairs of value types between which text would be a detour. */
const direct: Readonly<Partial<Record<`${FieldValueType} ${FieldValueType}`, Direct>>> = {
  'OPTION OPTION': optionOf,
  'OPTION OPTIONS': optionsOf,
  'OPTIONS OPTIONS': optionsOf,
  'OPTIONS OPTION': (value, field, into) =>
    Array.isArray(value) && value.length === 1 ? optionOf(value[0] as string, field, into) : undefined,
  'NUMBER BOOLEAN': (value) => (value === 0 || value === 1 ? value === 1 : undefined),
  'BOOLEAN NUMBER': (value) => Number(value),
};

/** The types that a field can be changed from and to: which user somebody is, a file, and what a formula gives, is nothing else. */
export function isConvertible(type: FieldType): boolean {
  return type !== 'USER' && type !== 'FILE';
}

/**
 * What a value of a field, in its normal form, is once the field has become another one: exactly the same thing, or nothing. Where it is
 * given, the other field accepts it. What is left out is the time of day of an instant that becomes a day in the organisation's zone, and
 * what the type's own normal form leaves out of text, such as capitals of an e-mail address.
 */
export function convertValue(
  value: Value,
  field: FieldDefinition,
  into: FieldDefinition,
  tools: ConversionTools,
): Checked<Value> {
  if (value === null) return { ok: true, value: null };
  const raw = rawOf(value, field, into, tools);
  if (raw === undefined) return { ok: false, problems: [isNone(into)] };
  const checked = checkValue({ ...into, computed: false }, raw, tools);
  // What is not empty does not become empty.
  return checked.ok && checked.value === null ? { ok: false, problems: [isNone(into)] } : checked;
}

function rawOf(
  value: NonNullable<Value>,
  field: FieldDefinition,
  into: FieldDefinition,
  tools: ConversionTools,
): NonNullable<Json> | undefined {
  if (field.type === 'DATETIME' && into.type === 'DATE') return dayName(localDay(String(value), tools.timeZone));
  const [from, to] = [fieldTypes[field.type], fieldTypes[into.type]];
  if (from.valueType === to.valueType && !isOfOptions(from.valueType)) return value;
  const way = direct[`${from.valueType} ${to.valueType}`];
  if (way) return way(value, field, into);
  const text = from.toText(value, field, tools);
  return text === undefined ? undefined : to.fromText(text, into, tools);
}

function isOfOptions(type: FieldValueType): boolean {
  return type === 'OPTION' || type === 'OPTIONS';
}

function isNone({ key, type }: FieldDefinition): Problem<ValueProblemCode> {
  const { label } = fieldTypes[type];
  const message = sentence(`不能变成${label['zh-CN']}`, `Cannot become: ${label.en}`);
  return { path: key, code: 'INVALID', message };
}
