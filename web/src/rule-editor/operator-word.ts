import type { ValueType } from '@kequn/rules';
import type { Messages } from '../i18n/zh-CN.ts';
import type { OperatorName } from './draft.ts';

/** A comparison in the words that go with the values: a day is before another, a number less. */
export function operatorWord(name: OperatorName, type: ValueType, { rule }: Messages): string {
  const own: Partial<Record<ValueType, Partial<Record<OperatorName, string>>>> = {
    NUMBER: rule.numberOperators,
    DATE: rule.timeOperators,
    DATETIME: rule.timeOperators,
  };
  return own[type]?.[name] ?? rule.operators[name];
}
