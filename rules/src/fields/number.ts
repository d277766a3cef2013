import { largestNumber } from '../limits.ts';
import { sentence } from '../locale.ts';
import type { Json } from '../json.ts';
import type { FieldValidation } from './field-definition.ts';
import { accepted, refuse, type Fault, type FieldTypeDefinition } from './field-type.ts';

function isBound(setting: Json): boolean {
  return typeof setting === 'number' && Math.abs(setting) <= largestNumber;
}

/** Digits behind the point in the shortest decimal form that reads back as the same double. */
function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const written = mantissa.split('.')[1]?.length ?? 0;
  return Math.max(0, written - Number(exponent));
}

function faultsOf(value: number, { min, max, decimals }: FieldValidation): Fault[] {
  const faults: Fault[] = [];
  if (typeof min === 'number' && value < min) {
    faults.push({ code: 'TOO_SMALL', message: sentence(`不能小于 ${min}`, `Must be at least ${min}`) });
  }
  if (typeof max === 'number' && value > max) {
    faults.push({ code: 'TOO_LARGE', message: sentence(`不能大于 ${max}`, `Must be at most ${max}`) });
  }
  if (decimals !== undefined && decimalsOf(value) > decimals) {
    faults.push({
      code: 'TOO_MANY_DECIMALS',
      message: sentence(`最多 ${decimals} 位小数`, `At most ${decimals} decimals`),
    });
  }
  return faults;
}

/** A number: a double within ±(2^53 − 1); text that looks like a number is refused. */
export const number: FieldTypeDefinition = {
  name: 'NUMBER',
  label: sentence('数字', 'Number'),
  valueType: 'NUMBER',
  column: 'double precision',
  creatable: true,
  settings: {
    min: isBound,
    max: isBound,
    decimals: (setting) => typeof setting === 'number' && Number.isInteger(setting) && setting >= 0 && setting <= 15,
  },
  accept(raw, field) {
    if (typeof raw !== 'number') return refuse('WRONG_TYPE', sentence('请填写数字', 'A number is expected'));
    if (!Number.isFinite(raw)) return refuse('INVALID', sentence('不是有效的数字', 'Not a valid number'));
    if (raw > largestNumber)
      return refuse('TOO_LARGE', sentence('数字太大，无法精确保存', 'Too large to be stored exactly'));
    if (raw < -largestNumber)
      return refuse('TOO_SMALL', sentence('数字太小，无法精确保存', 'Too small to be stored exactly'));
    const value = raw === 0 ? 0 : raw;
    return accepted(value, faultsOf(value, field.validation));
  },
};
