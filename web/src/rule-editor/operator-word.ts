import { valueTypes, type FieldValueType, type Locale, type Sentence } from '@kequn/rules';
import type { Messages } from '../i18n/zh-CN.ts';
import type { OperatorName } from './draft.ts';

/** A comparison in the words of the sentence that it makes: a day is before another, a number less. Membership has no type. */
export function operatorWord(
  name: OperatorName,
  type: FieldValueType | undefined,
  messages: Messages,
  locale: Locale,
): string {
  const { words, ordering } = type ? valueTypes[type] : {};
  const said: Partial<Record<OperatorName, Sentence>> = { ...words, ...ordering?.words };
  const own: Partial<Record<OperatorName, string>> = messages.rule.operators;
  return said[name]?.[locale] ?? own[name] ?? name;
}
