import { sentence } from '../locale.ts';
import { normalInstant } from '../types/datetime.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { maskDay } from './masks.ts';

/** An instant with milliseconds; one without an offset is refused. */
export const datetime: FieldTypeDefinition = {
  name: 'DATETIME',
  label: sentence('日期时间', 'Date and time'),
  valueType: 'DATETIME',
  column: 'timestamptz(3)',
  canBeUnique: true,
  searchable: false,
  mask: maskDay,
  settings: {},
  accept(raw) {
    if (typeof raw !== 'string') return refuse('WRONG_TYPE', sentence('请填写时间', 'A date and time is expected'));
    const value = normalInstant(raw.trim());
    return value === undefined
      ? refuse('INVALID', sentence('时间无效或没有时区', 'Not a valid instant, or without its offset'))
      : accepted(value);
  },
};
