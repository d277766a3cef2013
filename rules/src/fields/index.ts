import { boolean } from './boolean.ts';
import { date } from './date.ts';
import { datetime } from './datetime.ts';
import type { FieldType } from './field-definition.ts';
import type { FieldTypeDefinition } from './field-type.ts';
import { number } from './number.ts';
import { select } from './select.ts';
import { text } from './text.ts';
import { user } from './user.ts';

/** Every field type; one that is missing does not compile. */
export const fieldTypes: Readonly<Record<FieldType, FieldTypeDefinition>> = {
  TEXT: text,
  NUMBER: number,
  BOOLEAN: boolean,
  SELECT: select,
  DATE: date,
  DATETIME: datetime,
  USER: user,
};
