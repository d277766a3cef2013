import { boolean } from './boolean.ts';
import { date } from './date.ts';
import { datetime } from './datetime.ts';
import { events } from './events.ts';
import { number } from './number.ts';
import { option } from './option.ts';
import { options } from './options.ts';
import { region } from './region.ts';
import { text } from './text.ts';
import { user } from './user.ts';
import type { ValueType, ValueTypeDefinition } from './value-type.ts';

/** Every value type; one that is missing does not compile. */
export const valueTypes: Readonly<Record<ValueType, ValueTypeDefinition>> = {
  TEXT: text,
  NUMBER: number,
  BOOLEAN: boolean,
  DATE: date,
  DATETIME: datetime,
  OPTION: option,
  OPTIONS: options,
  REGION: region,
  USER: user,
  EVENTS: events,
};
