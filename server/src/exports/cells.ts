import { labelOf, sentence, type FieldDefinition, type FieldType, type Locale, type Value } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { findFiles } from '../files/file-table.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { isUuid } from '../platform/uuid.ts';

/** What stands in one cell of a table. */
export type Cell = string | number | null;

/** What it takes to write a value for a reader. */
interface Words {
  readonly locale: Locale;
  /** Name by user id. */
  readonly users: ReadonlyMap<string, string>;
  /** Full name by code. */
  readonly regions: ReadonlyMap<string, string>;
  /** Name by id of a file. */
  readonly files: ReadonlyMap<string, string>;
  /** Writes instants in the organisation's zone, as `2026-01-31 09:05:00`. */
  readonly instants: Intl.DateTimeFormat;
}

type Write = (value: NonNullable<Value>, field: FieldDefinition, words: Words) => Cell;

const asText: Write = (value) => String(value);
const asNumber: Write = (value) => Number(value);
const yesOrNo = { true: sentence('是', 'Yes'), false: sentence('否', 'No') } as const;

/** How the values of each type are written; one that is missing does not compile. */
const writers: Readonly<Record<FieldType, Write>> = {
  TEXT: asText,
  LONG_TEXT: asText,
  NUMBER: asNumber,
  MONEY: asNumber,
  PERCENT: asNumber,
  RATING: asNumber,
  BOOLEAN: (value, _field, { locale }) => yesOrNo[value === true ? 'true' : 'false'][locale],
  DATE: asText,
  DATETIME: (value, _field, { instants }) => instants.format(new Date(String(value))),
  SELECT: (value, field, { locale }) => optionLabel(value, field, locale),
  MULTI_SELECT: (value, field, { locale }) =>
    field.options
      .filter(({ key }) => (value as readonly string[]).includes(key))
      .map((option) => labelOf(option, locale))
      .join('; '),
  EMAIL: asText,
  PHONE: asText,
  URL: asText,
  REGION: (value, _field, { regions }) => regions.get(String(value)) ?? String(value),
  FILE: (value, _field, { files }) => files.get(String(value)) ?? null,
  USER: (value, _field, { users }) => users.get(String(value)) ?? String(value),
};

function optionLabel(value: Value, { options }: FieldDefinition, locale: Locale): string {
  const option = options.find(({ key }) => key === value);
  return option ? labelOf(option, locale) : String(value);
}

/** Writes values as the viewer reads them, in the organisation's zone; of files those are known that these values by field key name. */
export async function cellWriter(
  tx: Transactional<Context>,
  values: readonly Readonly<Record<string, Value>>[],
): Promise<(field: FieldDefinition, value: Value) => Cell> {
  const { fields, rules } = await kept(tx, fieldCatalogue);
  const { users, regions } = rules;
  const found = await findFiles(tx.manager, namedFiles(fields, values));
  const files = new Map(found.map(({ id, name }) => [id, name]));
  const { timeZone } = tx.database;
  const instants = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const words: Words = { locale: tx.locale, users, regions, files, instants };
  return (field, value) => (value === null ? null : writers[field.type](value, field, words));
}

/** The ids of the files that values name. */
export function namedFiles(
  fields: readonly FieldDefinition[],
  values: readonly Readonly<Record<string, Value>>[],
): readonly string[] {
  const keys = fields.filter(({ type }) => type === 'FILE').map(({ key }) => key);
  return keys.flatMap((key) => values.map((each) => String(each[key] ?? ''))).filter(isUuid);
}
