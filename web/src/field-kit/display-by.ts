import { labelOf, type FieldDefinition, type FieldType, type Json, type Locale } from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import { useFormat, type Format } from '../i18n/format.ts';
import { useSpoken } from '../i18n/spoken.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Messages } from '../i18n/zh-CN.ts';
import { useFiles } from './files.ts';
import { useRegions } from './regions.ts';

/** What it takes to write a value out. */
interface Words {
  readonly messages: Messages;
  readonly format: Format;
  readonly locale: Locale;
  /** Name by user id. */
  readonly users: ReadonlyMap<string, string>;
  /** Full name by code. */
  readonly regions: ReadonlyMap<string, string>;
  /** Of a file by its id, as far as it is known. */
  fileName(id: string): string | undefined;
}

type Display = (value: NonNullable<Json>, field: FieldDefinition, words: Words) => string;

function asWritten(value: NonNullable<Json>): string {
  return String(value);
}

/** A masked number is text. */
function asNumber(value: NonNullable<Json>, { computed: isComputed }: FieldDefinition, { format }: Words): string {
  if (typeof value !== 'number') return String(value);
  return format.number(isComputed ? readable(value) : value);
}

/** What is divided may have more digits than anybody reads: four behind the point will do, or four in all below one. */
function readable(value: number): number {
  return Number(Math.abs(value) < 1 ? value.toPrecision(4) : value.toFixed(4));
}

/** Whether of a day or an instant only the year is shown, and of a file nothing. */
function isMasked(value: Json): boolean {
  return typeof value === 'string' && value.includes('*');
}

/** A masked answer is text. */
function asYesOrNo(value: NonNullable<Json>, _field: FieldDefinition, { messages }: Words): string {
  if (typeof value !== 'boolean') return String(value);
  return value ? messages.common.yes : messages.common.no;
}

function optionLabel(value: Json, field: FieldDefinition, words: Words): string {
  const option = field.options.find(({ key }) => key === value);
  return option ? labelOf(option, words.locale) : String(value);
}

/** How the values of every field type read; one that is missing does not compile. Lists load these without the editors. */
const displays: Readonly<Record<FieldType, Display>> = {
  TEXT: asWritten,
  LONG_TEXT: asWritten,
  EMAIL: asWritten,
  PHONE: asWritten,
  URL: asWritten,
  NUMBER: asNumber,
  RATING: asNumber,
  MONEY: asNumber,
  PERCENT: (value, field, words) => `${asNumber(value, field, words)}%`,
  REGION: (value, _field, { regions }) => regions.get(String(value)) ?? String(value),
  BOOLEAN: asYesOrNo,
  SELECT: optionLabel,
  MULTI_SELECT: (value, field, words) =>
    Array.isArray(value) ? words.format.list(value.map((key) => optionLabel(key, field, words))) : String(value),
  DATE: (value, _field, { format }) => (isMasked(value) ? String(value) : format.day(String(value))),
  DATETIME: (value, _field, { format }) => (isMasked(value) ? String(value) : format.instant(String(value))),
  FILE: (value, _field, { fileName, messages }) =>
    isMasked(value) ? String(value) : (fileName(String(value)) ?? messages.fields.fileUntold),
  USER: (value, _field, { users }) => users.get(String(value)) ?? String(value),
};

/** A value as it is read; empty text for an empty value. */
function displayValue(value: Json | undefined, field: FieldDefinition, words: Words): string {
  return value === null || value === undefined ? '' : displays[field.type](value, field, words);
}

/** Writes values out where people are known by these names, by id: who fills a public form may ask for none. */
export function useDisplayBy(
  users: () => ReadonlyMap<string, string>,
): ComputedRef<(value: Json | undefined, field: FieldDefinition) => string> {
  const messages = useMessages();
  const format = useFormat();
  const { locale } = useSpoken();
  const regions = useRegions();
  const files = useFiles();
  return computed(() => {
    const words = {
      messages: messages.value,
      format: format.value,
      locale: locale.value,
      users: users(),
      regions: regions.names,
      fileName: (id: string) => files.find(id)?.name,
    };
    return (value, field) => displayValue(value, field, words);
  });
}
