import { labelOf, type FieldDefinition, type FieldType, type Json, type Locale } from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import { useFormat, type Format } from '../i18n/format.ts';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Messages } from '../i18n/zh-CN.ts';
import { useColleagues } from '../session/colleagues.ts';

/** What it takes to write a value out. */
interface Words {
  readonly messages: Messages;
  readonly format: Format;
  readonly locale: Locale;
  /** Name by user id. */
  readonly users: ReadonlyMap<string, string>;
}

type Display = (value: NonNullable<Json>, field: FieldDefinition, words: Words) => string;

/** How the values of every field type read; one that is missing does not compile. Lists load these without the editors. */
const displays: Readonly<Record<FieldType, Display>> = {
  TEXT: (value) => String(value),
  NUMBER: (value, _field, { format }) => (typeof value === 'number' ? format.number(value) : String(value)),
  BOOLEAN: (value, _field, { messages }) => (value === true ? messages.common.yes : messages.common.no),
  SELECT: (value, field, words) => {
    const option = field.options.find(({ key }) => key === value);
    return option ? labelOf(option, words.locale) : String(value);
  },
  DATE: (value, _field, { format }) => format.day(String(value)),
  DATETIME: (value, _field, { format }) => format.instant(String(value)),
  USER: (value, _field, { users }) => users.get(String(value)) ?? String(value),
};

/** A value as it is read; empty text for an empty value. */
function displayValue(value: Json | undefined, field: FieldDefinition, words: Words): string {
  return value === null || value === undefined ? '' : displays[field.type](value, field, words);
}

/** Writes values out in the language in use. */
export function useDisplay(): ComputedRef<(value: Json | undefined, field: FieldDefinition) => string> {
  const messages = useMessages();
  const format = useFormat();
  const colleagues = useColleagues();
  return computed(() => {
    const words = { messages: messages.value, format: format.value, locale: locale.value, users: colleagues.names };
    return (value, field) => displayValue(value, field, words);
  });
}
