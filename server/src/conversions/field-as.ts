import {
  checkValidation,
  fieldTypes,
  isConvertible,
  sentence,
  type FieldType,
  type FieldValidation,
} from '@kequn/rules';
import type { Json, Problem } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { checkFieldInput } from '../fields/check-field-input.ts';
import { Field, formulaType, type FieldInput } from '../fields/field.ts';
import { problemsOfEntered } from '../fields/field-formula.ts';

/** Whether what is sent for a field makes it one of another type. */
export function isOfAnotherType(field: Field, { type }: FieldInput): boolean {
  return type !== undefined && type !== null && type !== (field.computed ? formulaType : field.type);
}

/**
 * A field as it is to be with another type and whatever else is sent, and everything that is wrong with that. Options and requirements that
 * the other type has too stay unless others are sent.
 */
export function fieldAs(before: Field, input: FieldInput): { readonly field: Field; readonly problems: Problem[] } {
  const type = typeIn(before, input);
  if (type === undefined) return { field: before, problems: [{ path: 'type', code: 'READ_ONLY', message: fixed }] };
  const base = {
    ...before,
    options: hasOptions(type) ? before.options : [],
    validation: fitting(type, before.validation),
  };
  const { settings, problems } = checkFieldInput(type, input, base);
  problems.push(...problemsOfEntered(input));
  if (input.key && input.key !== before.key) problems.push({ path: 'key', code: 'READ_ONLY', message: keyIsFixed });
  return { field: Object.assign(new Field(), before, settings, { type, version: before.version + 1 }), problems };
}

const keyIsFixed = sentence('创建后不能更改', 'This cannot be changed after creation');

const fixed = sentence(
  '用户字段和公式字段的类型不能更改，也不能改成这两种类型',
  'A field of users or of a formula keeps its type, and no other one becomes such a field',
);

/** The type that a field is to have, if it can. */
function typeIn(before: Field, { type }: FieldInput): FieldType | undefined {
  if (before.computed || type === undefined || type === null || type === formulaType) return undefined;
  return isConvertible(before.type) && isConvertible(type) ? type : undefined;
}

function hasOptions(type: FieldType): boolean {
  return fieldTypes[type].valueType === 'OPTION' || fieldTypes[type].valueType === 'OPTIONS';
}

/** The requirements that values of a type can have as well. */
function fitting(type: FieldType, validation: FieldValidation): FieldValidation {
  const fits = ([name, setting]: [string, unknown]) =>
    checkValidation(type, { [name]: setting } as Record<string, Json>, checkTools).ok;
  const kept = Object.fromEntries(Object.entries(validation).filter(fits));
  return checkValidation(type, kept as Record<string, Json>, checkTools).ok ? kept : {};
}
