import { fieldTypes, type FieldDefinition, type FieldValueType, type Value } from '@kequn/rules';

/** How a stored value of a type looks in JavaScript, and in Postgres where it is `x`, JSON: an answer stays as it was when its field becomes another. */
interface Look {
  is(value: NonNullable<Value>): boolean;
  readonly sql: string;
}

/** A text of a form that Postgres reads as a type: not every one of it is one, such as the thirtieth of February. */
const text = (pattern: RegExp, type: 'date' | 'timestamptz'): Look => ({
  is: (value) => typeof value === 'string' && pattern.test(value) && isOnCalendar(value),
  sql: `(jsonb_typeof(x) = 'string' and x #>> '{}' ~ '${pattern.source}' and pg_input_is_valid(x #>> '{}', '${type}'))`,
});

/** JavaScript takes the thirtieth of February for the second of March. */
function isOnCalendar(written: string): boolean {
  const time = Date.parse(written);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(written.slice(0, 10));
}

/** As ids of users are written. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const kind = (name: 'string' | 'number' | 'boolean'): Look => ({
  is: (value) => typeof value === name,
  sql: `jsonb_typeof(x) = '${name}'`,
});

const looks: Readonly<Record<FieldValueType, Look>> = {
  TEXT: kind('string'),
  NUMBER: kind('number'),
  BOOLEAN: kind('boolean'),
  DATE: text(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'date'),
  DATETIME: text(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$/, 'timestamptz'),
  OPTION: kind('string'),
  OPTIONS: { is: Array.isArray, sql: `jsonb_typeof(x) = 'array'` },
  REGION: kind('string'),
  USER: {
    is: (value) => typeof value === 'string' && uuid.test(value),
    sql: `(jsonb_typeof(x) = 'string' and x #>> '{}' ~ '${uuid.source}')`,
  },
};

/** Whether an answer (not null) is still a value of the type that its field has now. */
export function isOfType({ type }: FieldDefinition, value: NonNullable<Value>): boolean {
  return looks[fieldTypes[type].valueType].is(value);
}

/** The same as SQL over `x`, JSON. */
export function isOfTypeSql({ type }: FieldDefinition): string {
  return looks[fieldTypes[type].valueType].sql;
}
