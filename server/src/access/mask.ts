import { fieldTypes, type FieldType, type Value } from '@kequn/rules';

/** What a viewer with masked access is shown of a value of a type; null of an empty one. */
export function maskedValue(type: FieldType, value: Value | undefined): string | null {
  return value === null || value === undefined ? null : fieldTypes[type].mask(value);
}
