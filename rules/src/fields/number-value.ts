import { largestNumber } from '../limits.ts';
import { sentence } from '../locale.ts';
import type { Json } from '../json.ts';
import type { FieldValidation } from './field-definition.ts';
import {
  accepted,
  refuse,
  type Accepted,
  type Fault,
  type FieldTypeDefinition,
  type SettingCheck,
} from './field-type.ts';

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
    faults.push({ code: 'TOO_MANY_DECIMALS', message: tooManyDecimals(decimals) });
  }
  return faults;
}

function tooManyDecimals(decimals: number) {
  return decimals === 0
    ? sentence('请填写整数', 'A whole number is expected')
    : sentence(`最多 ${decimals} 位小数`, `At most ${decimals} decimals`);
}

/** Checks a number against what its field asks for; beyond `largest` it is refused, never rounded, and −0 is 0. */
export function acceptNumber(raw: NonNullable<Json>, validation: FieldValidation, largest = largestNumber): Accepted {
  if (typeof raw !== 'number') return refuse('WRONG_TYPE', sentence('请填写数字', 'A number is expected'));
  if (!Number.isFinite(raw)) return refuse('INVALID', sentence('不是有效的数字', 'Not a valid number'));
  if (raw > largest) return refuse('TOO_LARGE', sentence('数字太大，无法保存', 'Too large to be stored'));
  if (raw < -largest) return refuse('TOO_SMALL', sentence('数字太小，无法保存', 'Too small to be stored'));
  const value = raw === 0 ? 0 : raw;
  return accepted(value, faultsOf(value, validation));
}

/** The settings of numbers: bounds, and how many decimals at the most. */
export function numberSettings(
  mostDecimals: number,
  largest = largestNumber,
): Record<'min' | 'max' | 'decimals', SettingCheck> {
  const isBound: SettingCheck = (setting) => typeof setting === 'number' && Math.abs(setting) <= largest;
  return {
    min: isBound,
    max: isBound,
    decimals: (setting) =>
      typeof setting === 'number' && Number.isInteger(setting) && setting >= 0 && setting <= mostDecimals,
  };
}

/** The shortest decimal form that reads back as the same double, without an exponent. */
function decimalForm(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  // Numbers that are stored are too small to have an exponent above zero.
  const digits = mantissa.replace(/[-.]/g, '');
  return `${value < 0 ? '-' : ''}0.${'0'.repeat(-Number(exponent) - 1)}${digits}`;
}

/**
 * A number in decimal digits that says neither more nor less than a double does: zeros in front make of digits a code that is no number,
 * and digits that a double cannot hold would be lost. Zeros at the end say nothing.
 */
function numberIn(text: string): number | undefined {
  const match = /^(-?(?:0|[1-9]\d*))(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return undefined;
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  const written = decimals === '' ? match[1]! : `${match[1]}.${decimals}`;
  const value = Number(written);
  if (Math.abs(value) > largestNumber) return undefined;
  return decimalForm(value) === written ? value : undefined;
}

/** Numbers as text. */
export const inDecimals: Pick<FieldTypeDefinition, 'toText' | 'fromText'> = {
  toText: (value) => decimalForm(Number(value)),
  fromText: numberIn,
};
