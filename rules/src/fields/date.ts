import { sentence } from '../locale.ts';
import { startOfDay } from '../types/date.ts';
import type { Json } from '../json.ts';
import type { FieldValidation } from './field-definition.ts';
import { accepted, refuse, type Fault, type FieldTypeDefinition } from './field-type.ts';
import { maskDay } from './masks.ts';

function isDay(setting: Json): boolean {
  return typeof setting === 'string' && startOfDay(setting) !== undefined;
}

function faultsOf(value: string, { min, max }: FieldValidation): Fault[] {
  const faults: Fault[] = [];
  if (typeof min === 'string' && value < min) {
    faults.push({ code: 'TOO_SMALL', message: sentence(`不能早于 ${min}`, `Must not be before ${min}`) });
  }
  if (typeof max === 'string' && value > max) {
    faults.push({ code: 'TOO_LARGE', message: sentence(`不能晚于 ${max}`, `Must not be after ${max}`) });
  }
  return faults;
}

/** A calendar day, `YYYY-MM-DD`, of the years 0001 to 9999. */
export const date: FieldTypeDefinition = {
  name: 'DATE',
  label: sentence('日期', 'Date'),
  valueType: 'DATE',
  column: 'date',
  canBeUnique: true,
  searchable: false,
  mask: maskDay,
  settings: { min: isDay, max: isDay },
  accept(raw, field) {
    if (typeof raw !== 'string') return refuse('WRONG_TYPE', sentence('请填写日期', 'A date is expected'));
    const value = raw.trim();
    if (value === '') return accepted(null);
    if (startOfDay(value) === undefined) {
      return refuse('INVALID', sentence('不是真实的日期，应如 2026-01-31', 'Not a real day; write it like 2026-01-31'));
    }
    return accepted(value, faultsOf(value, field.validation));
  },
  toText: (value) => String(value),
  fromText(text) {
    const match = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/.exec(text.trim());
    if (!match) return undefined;
    const [year, month = '', day = ''] = match.slice(1).filter((part) => part !== undefined);
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  },
};
