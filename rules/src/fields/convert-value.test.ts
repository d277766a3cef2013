import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suiteFields } from '../../suites/index.ts';
import type { Json, Value } from '../json.ts';
import { checkTools } from '../tools/index.ts';
import { checkValue } from './check-value.ts';
import { convertValue, isConvertible } from './convert-value.ts';
import type { FieldDefinition, FieldOption, FieldType, FieldValidation } from './field-definition.ts';
import { fieldTypes } from './index.ts';

const option = (key: string, label: string, labels = {}): FieldOption => ({
  key,
  label,
  labels,
  color: null,
  archived: false,
});
const options = [
  option('gold', '黄金', { en: 'Gold' }),
  option('silver', '白银'),
  option('a', '同名'),
  option('b', '同名'),
];

function fieldOf(
  type: FieldType,
  validation: FieldValidation = {},
  of: readonly FieldOption[] = options,
): FieldDefinition {
  return { ...suiteFields.find(({ key }) => key === 'city')!, type, validation, options: of };
}

const toolsIn = (timeZone: string) => ({ ...checkTools, timeZone });
const tools = toolsIn('Asia/Shanghai');

function converted(value: Value, from: FieldDefinition | FieldType, into: FieldDefinition | FieldType): Json {
  const [a, b] = [from, into].map((each) => (typeof each === 'string' ? fieldOf(each) : each));
  const outcome = convertValue(value, a!, b!, tools);
  return outcome.ok ? { value: outcome.value } : outcome.problems.map(({ code }) => code);
}

describe('a value becomes exactly the same thing of another type, or nothing', () => {
  const none = ['INVALID'];
  const cases: [Value, FieldDefinition | FieldType, FieldDefinition | FieldType, Json][] = [
    [null, 'TEXT', 'NUMBER', { value: null }],
    [5, 'NUMBER', 'TEXT', { value: '5' }],
    [1e-7, 'NUMBER', 'TEXT', { value: '0.0000001' }],
    [-1.5e-9, 'NUMBER', 'TEXT', { value: '-0.0000000015' }],
    ['5', 'TEXT', 'NUMBER', { value: 5 }],
    ['-12.50', 'TEXT', 'NUMBER', { value: -12.5 }],
    ['5 元', 'TEXT', 'NUMBER', none],
    ['1,200', 'TEXT', 'NUMBER', none],
    ['007', 'TEXT', 'NUMBER', none],
    ['1e3', 'TEXT', 'NUMBER', none],
    ['0.12345678901234567890', 'TEXT', 'NUMBER', none],
    ['90071992547409921', 'TEXT', 'NUMBER', none],
    ['-0', 'TEXT', 'NUMBER', none],
    ['19.999', 'TEXT', 'MONEY', ['TOO_MANY_DECIMALS']],
    [19.999, 'NUMBER', 'MONEY', ['TOO_MANY_DECIMALS']],
    [12.5, 'NUMBER', 'PERCENT', { value: 12.5 }],
    [4, 'NUMBER', 'RATING', { value: 4 }],
    [4.5, 'NUMBER', 'RATING', ['TOO_MANY_DECIMALS']],
    [1, 'NUMBER', 'BOOLEAN', { value: true }],
    [0, 'NUMBER', 'BOOLEAN', { value: false }],
    [2, 'NUMBER', 'BOOLEAN', none],
    [true, 'BOOLEAN', 'NUMBER', { value: 1 }],
    [false, 'BOOLEAN', 'TEXT', { value: '否' }],
    ['Yes', 'TEXT', 'BOOLEAN', { value: true }],
    ['也许', 'TEXT', 'BOOLEAN', none],
    ['2026-01-31', 'DATE', 'DATETIME', { value: '2026-01-30T16:00:00.000Z' }],
    ['2026-01-30T16:30:00.000Z', 'DATETIME', 'DATE', { value: '2026-01-31' }],
    ['2026-01-30T16:30:00.000Z', 'DATETIME', 'TEXT', { value: '2026-01-31T00:30+08:00' }],
    ['2026-01-30T16:30:05.020Z', 'DATETIME', 'TEXT', { value: '2026-01-31T00:30:05.020+08:00' }],
    ['2026-01-31 09:00', 'TEXT', 'DATETIME', { value: '2026-01-31T01:00:00.000Z' }],
    ['2026/1/5', 'TEXT', 'DATE', { value: '2026-01-05' }],
    ['2026年1月5日', 'TEXT', 'DATE', { value: '2026-01-05' }],
    ['1/5/2026', 'TEXT', 'DATE', none],
    ['2026-02-30', 'TEXT', 'DATE', none],
    ['2026-01-31', 'DATE', 'NUMBER', none],
    ['gold', 'SELECT', 'TEXT', { value: '黄金' }],
    ['a', 'SELECT', 'TEXT', { value: 'a' }],
    ['黄金', 'TEXT', 'SELECT', { value: 'gold' }],
    ['Gold', 'TEXT', 'SELECT', { value: 'gold' }],
    ['silver', 'TEXT', 'SELECT', { value: 'silver' }],
    ['同名', 'TEXT', 'SELECT', none],
    ['青铜', 'TEXT', 'SELECT', none],
    ['gold', 'SELECT', 'MULTI_SELECT', { value: ['gold'] }],
    [['gold'], 'MULTI_SELECT', 'SELECT', { value: 'gold' }],
    [['gold', 'silver'], 'MULTI_SELECT', 'SELECT', none],
    [['gold', 'silver'], 'MULTI_SELECT', 'TEXT', { value: '黄金、白银' }],
    ['白银, 黄金', 'TEXT', 'MULTI_SELECT', { value: ['gold', 'silver'] }],
    ['gold', 'SELECT', fieldOf('SELECT', {}, [option('gold_2', '黄金')]), { value: 'gold_2' }],
    [3, 'NUMBER', fieldOf('SELECT', {}, [option('three', '3')]), { value: 'three' }],
    [' A@B.CN '.trim(), 'TEXT', 'EMAIL', { value: 'a@b.cn' }],
    ['no address', 'TEXT', 'EMAIL', none],
    [13812345678, 'NUMBER', 'PHONE', { value: '+8613812345678' }],
    ['+8613812345678', 'PHONE', 'NUMBER', none],
    ['https://example.com', 'TEXT', 'URL', { value: 'https://example.com' }],
    ['440305', 'REGION', 'TEXT', { value: '广东省深圳市南山区' }],
    ['广东省深圳市南山区', 'TEXT', 'REGION', { value: '440305' }],
    ['440305', 'TEXT', 'REGION', { value: '440305' }],
    ['a\nb', 'LONG_TEXT', 'TEXT', ['FORBIDDEN_CHARACTER']],
    ['abc', 'TEXT', fieldOf('TEXT', { maxLength: 2 }), ['TOO_LONG']],
  ];
  test.each(cases)('%j from %s into %s', (value, from, into, expected) =>
    expect(converted(value, from, into)).toEqual(expected),
  );

  test('clocks that skip an hour or show it twice say no instant', () => {
    const into = (text: string) => {
      const outcome = convertValue(text, fieldOf('TEXT'), fieldOf('DATETIME'), toolsIn('America/New_York'));
      return outcome.ok ? outcome.value : undefined;
    };
    expect(into('2026-03-08 02:30')).toBeUndefined();
    expect(into('2026-11-01 01:30')).toBeUndefined();
    expect(into('2026-11-01 03:30')).toBe('2026-11-01T08:30:00.000Z');
    expect(into('2026-11-01T01:30-04:00')).toBe('2026-11-01T05:30:00.000Z');
  });
});

const convertible = (Object.keys(fieldTypes) as FieldType[]).filter(isConvertible);
const zones = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/London', 'Pacific/Apia', 'Asia/Kathmandu');
const day = fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true });
const keys = fc.constantFrom(...options.map(({ key }) => key));

/** What comes near to values of the types. */
const near: Readonly<Partial<Record<FieldType, fc.Arbitrary<Json>>>> = {
  NUMBER: fc.double({ noNaN: true, noDefaultInfinity: true, min: -(2 ** 53 - 1), max: 2 ** 53 - 1 }),
  MONEY: fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
  PERCENT: fc.double({ noNaN: true, min: 0, max: 100 }),
  RATING: fc.integer({ min: 1, max: 5 }),
  BOOLEAN: fc.boolean(),
  DATE: day.map((at) => at.toISOString().slice(0, 10)),
  DATETIME: day.map((at) => at.toISOString()),
  SELECT: keys,
  MULTI_SELECT: fc.array(keys, { minLength: 1 }),
  EMAIL: fc.emailAddress(),
  PHONE: fc.integer({ min: 13_800_000_000, max: 13_999_999_999 }).map(String),
  URL: fc.webUrl(),
  REGION: fc.constantFrom(...checkTools.regions.keys()),
};

const arbitraryValue: fc.Arbitrary<readonly [FieldType, Value]> = fc
  .constantFrom(...convertible)
  .chain((type) => (near[type] ?? fc.string()).map((raw) => [type, raw] as const))
  .map(([type, raw]) => {
    const checked = checkValue(fieldOf(type), raw, checkTools);
    return [type, checked.ok ? checked.value : null] as const;
  });

describe('laws', () => {
  test('to text and back it is the same', () => {
    fc.assert(
      fc.property(arbitraryValue, zones, ([type, value], timeZone) => {
        const there = convertValue(value, fieldOf(type), fieldOf('LONG_TEXT'), toolsIn(timeZone));
        if (!there.ok) throw new Error(`${String(value)} of ${type} has no text`);
        expect(convertValue(there.value, fieldOf('LONG_TEXT'), fieldOf(type), toolsIn(timeZone))).toEqual({
          ok: true,
          value,
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test('what it becomes the other field accepts as it is, and what is not empty stays so', () => {
    fc.assert(
      fc.property(arbitraryValue, fc.constantFrom(...convertible), ([type, value], into) => {
        const outcome = convertValue(value, fieldOf(type), fieldOf(into), tools);
        if (!outcome.ok) return;
        expect(outcome.value === null).toBe(value === null);
        expect(checkValue(fieldOf(into), outcome.value, checkTools)).toEqual(outcome);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a field of the same type leaves everything as it is', () => {
    fc.assert(
      fc.property(arbitraryValue, ([type, value]) => {
        expect(convertValue(value, fieldOf(type), fieldOf(type), tools)).toEqual({ ok: true, value });
      }),
    );
  });
});
