import { boolean } from './boolean.ts';
import { date } from './date.ts';
import { datetime } from './datetime.ts';
import type { FieldType } from './field-definition.ts';
import type { FieldTypeDefinition } from './field-type.ts';
import { email } from './email.ts';
import { file } from './file.ts';
import { longText } from './long-text.ts';
import { money } from './money.ts';
import { multiSelect } from './multi-select.ts';
import { number } from './number.ts';
import { percent } from './percent.ts';
import { phone } from './phone.ts';
import { rating } from './rating.ts';
import { region } from './region.ts';
import { select } from './select.ts';
import { text } from './text.ts';
import { url } from './url.ts';
import { user } from './user.ts';

/** Every field type; one that is missing does not compile. */
export const fieldTypes: Readonly<Record<FieldType, FieldTypeDefinition>> = {
  TEXT: text,
  LONG_TEXT: longText,
  NUMBER: number,
  MONEY: money,
  PERCENT: percent,
  RATING: rating,
  BOOLEAN: boolean,
  DATE: date,
  DATETIME: datetime,
  SELECT: select,
  MULTI_SELECT: multiSelect,
  EMAIL: email,
  PHONE: phone,
  URL: url,
  REGION: region,
  USER: user,
  FILE: file,
};
