import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suiteFields } from '../../suites/index.ts';
import { checkTools } from '../tools/index.ts';
import type { Json } from '../json.ts';
import { checkValue } from './check-value.ts';
import { checkValidation } from './check-validation.ts';
import type { FieldDefinition, FieldType, FieldValidation } from './field-definition.ts';
import { fieldTypes } from './index.ts';
import { isFieldKey } from './field-key.ts';

function field(key: string, validation: FieldValidation = {}): FieldDefinition {
  return { ...suiteFields.find((each) => each.key === key)!, validation };
}

/** A field of a type, with two options where it has any. */
function fieldOf(type: FieldType, validation: FieldValidation = {}, unique = false): FieldDefinition {
  return { ...field('contract', validation), type, unique };
}

function outcome(of: FieldDefinition, value: Json): Json {
  const result = checkValue(of, value, checkTools);
  return result.ok ? { value: result.value } : result.problems.map(({ code }) => code);
}

describe('values come to their normal form or are refused with a code', () => {
  const cases: [FieldDefinition, Json, Json][] = [
    [field('city'), ' 上海 ', { value: '上海' }],
    [field('city'), 'e\u0301', { value: 'é' }],
    [field('city'), '  ', { value: null }],
    [field('city'), null, { value: null }],
    [field('city'), 5, ['WRONG_TYPE']],
    [field('city'), ['a'], ['WRONG_TYPE']],
    [field('city'), 'a\nb', ['FORBIDDEN_CHARACTER']],
    [field('city'), 'a\u0000b', ['FORBIDDEN_CHARACTER']],
    [field('city'), '\udc00', ['FORBIDDEN_CHARACTER']],
    [field('city'), 'a\u202eb', { value: 'a\u202eb' }],
    [field('city'), '😀'.repeat(1000), { value: '😀'.repeat(1000) }],
    [field('city'), '😀'.repeat(1001), ['TOO_LONG']],
    [field('city', { minLength: 3 }), 'ab', ['TOO_SHORT']],
    [field('charges'), '5', ['WRONG_TYPE']],
    [field('charges'), -0, { value: 0 }],
    [field('charges'), 2 ** 53, ['TOO_LARGE']],
    [field('charges'), Number.NaN, ['INVALID']],
    [field('charges', { min: 1, max: 5 }), 0, ['TOO_SMALL']],
    [field('charges', { min: 1, max: 5, decimals: 1 }), 5.25, ['TOO_LARGE', 'TOO_MANY_DECIMALS']],
    [field('charges', { decimals: 2 }), 1e-7, ['TOO_MANY_DECIMALS']],
    [field('vip'), 'true', ['WRONG_TYPE']],
    [field('vip'), false, { value: false }],
    [field('contract'), 'monthly', { value: 'monthly' }],
    [field('contract'), 'weekly', ['NOT_AN_OPTION']],
    [field('born'), '2025-02-30', ['INVALID']],
    [field('born'), '10000-01-01', ['INVALID']],
    [field('born'), '0000-01-01', ['INVALID']],
    [field('born', { max: '2020-01-01' }), '2020-01-02', ['TOO_LARGE']],
    [field('born'), '2024-02-29', { value: '2024-02-29' }],
    [fieldOf('TEXT', { pattern: '^[A-Z]{2}\\d+$' }), 'AB12', { value: 'AB12' }],
    [fieldOf('TEXT', { pattern: '^[A-Z]{2}\\d+$' }), 'AB', ['PATTERN']],
    [fieldOf('TEXT', {}, true), 'a'.repeat(501), ['TOO_LONG']],
    [fieldOf('LONG_TEXT'), ' a\r\nb\rc\t ', { value: 'a\nb\nc' }],
    [fieldOf('LONG_TEXT'), 'a\u0008', ['FORBIDDEN_CHARACTER']],
    [fieldOf('LONG_TEXT'), '中'.repeat(20_001), ['TOO_LONG']],
    [fieldOf('MONEY'), 19.99, { value: 19.99 }],
    [fieldOf('MONEY'), 19.999, ['TOO_MANY_DECIMALS']],
    [fieldOf('MONEY', { decimals: 4 }), 0.1234, { value: 0.1234 }],
    [fieldOf('MONEY'), 9e11 + 1, ['TOO_LARGE']],
    [fieldOf('PERCENT'), 12.5, { value: 12.5 }],
    [fieldOf('RATING'), 5, { value: 5 }],
    [fieldOf('RATING'), 6, ['TOO_LARGE']],
    [fieldOf('RATING', { max: 10 }), 10, { value: 10 }],
    [fieldOf('RATING'), 0, ['TOO_SMALL']],
    [fieldOf('RATING'), 2.5, ['TOO_MANY_DECIMALS']],
    [fieldOf('DATETIME'), '2026-11-23T09:00+08:00', { value: '2026-11-23T01:00:00.000Z' }],
    [fieldOf('DATETIME'), '2026-11-23T09:00', ['INVALID']],
    [fieldOf('MULTI_SELECT'), ['two_year', 'monthly', 'monthly'], { value: ['monthly', 'two_year'] }],
    [fieldOf('MULTI_SELECT'), [], { value: null }],
    [fieldOf('MULTI_SELECT'), ['weekly'], ['NOT_AN_OPTION']],
    [fieldOf('MULTI_SELECT'), 'monthly', ['WRONG_TYPE']],
    [fieldOf('MULTI_SELECT'), Array.from({ length: 201 }, () => 'monthly'), ['TOO_LONG']],
    [fieldOf('EMAIL'), ' Ann.Lee@Example.COM ', { value: 'ann.lee@example.com' }],
    [fieldOf('EMAIL'), 'ann@', ['INVALID']],
    [fieldOf('EMAIL'), 'ann@b@c', ['INVALID']],
    [fieldOf('EMAIL'), `${'a'.repeat(250)}@b.cn`, ['TOO_LONG']],
    [fieldOf('PHONE'), '138 1234-5678', { value: '+8613812345678' }],
    [fieldOf('PHONE'), '１３８１２３４５６７８', { value: '+8613812345678' }],
    [fieldOf('PHONE'), '(010) 6552 9988', { value: '+861065529988' }],
    [fieldOf('PHONE'), '+1 (213) 373-4253', { value: '+12133734253' }],
    [fieldOf('PHONE', { country: 'GB' }), '020 7946 0958', { value: '+442079460958' }],
    [fieldOf('PHONE', { country: 'GB' }), '+86 138 1234 5678', { value: '+8613812345678' }],
    [fieldOf('PHONE'), '12', ['INVALID']],
    [fieldOf('PHONE'), 'call 13812345678 now', ['INVALID']],
    [fieldOf('URL'), ' https://例子.中国/路?a=1#b ', { value: 'https://例子.中国/路?a=1#b' }],
    [fieldOf('URL'), 'javascript:alert(1)', ['INVALID']],
    [fieldOf('URL'), '//example.com', ['INVALID']],
    [fieldOf('URL'), 'https://', ['INVALID']],
    [fieldOf('REGION'), '440305', { value: '440305' }],
    [fieldOf('REGION'), '110000', { value: '110000' }],
    [fieldOf('REGION'), '441900', { value: '441900' }],
    [fieldOf('REGION'), '710000', { value: '710000' }],
    [fieldOf('REGION'), '11', ['INVALID']],
    [fieldOf('REGION'), '999999', ['INVALID']],
    [fieldOf('USER'), '018F0000-0000-7000-8000-000000000001', { value: '018f0000-0000-7000-8000-000000000001' }],
    [fieldOf('USER'), 'ann', ['INVALID']],
    [fieldOf('FILE'), '018F0000-0000-7000-8000-000000000001', { value: '018f0000-0000-7000-8000-000000000001' }],
    [fieldOf('FILE'), '../etc/passwd', ['INVALID']],
    [fieldOf('FILE'), 5, ['WRONG_TYPE']],
  ];
  test.each(cases)('%j %j', (asked, value, expected) => expect(outcome(asked, value)).toEqual(expected));
});

/** Texts that come near to what types accept. */
const written = fc.oneof(
  fc.emailAddress(),
  fc.webUrl(),
  fc.stringMatching(/^\+?[\d -]{5,15}$/),
  fc.subarray(['monthly', 'one_year', 'two_year']),
  fc.constantFrom('440305', ' a\r\nb ', '2026-11-23T09:00:00.123456+08:00', 'e\u0301'),
);

test('normalising twice changes nothing', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(fieldTypes) as FieldType[])),
      fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), written),
      (type, value) => {
        const once = checkValue(fieldOf(type), value, checkTools);
        if (once.ok) expect(checkValue(fieldOf(type), once.value, checkTools)).toEqual(once);
      },
    ),
  );
});

test('settings of a field are those of its type', () => {
  expect(checkValidation('NUMBER', { min: 1, max: 2, decimals: 0 }, checkTools)).toEqual({
    ok: true,
    value: { min: 1, max: 2, decimals: 0 },
  });
  expect(['GB', 'XX', 86].map((country) => checkValidation('PHONE', { country }, checkTools).ok)).toEqual([
    true,
    false,
    false,
  ]);
  expect(checkValidation('FILE', { accept: 'IMAGE', maxMegabytes: 20 }, checkTools).ok).toBe(true);
  for (const [name, value] of Object.entries({ accept: 'SVG', maxMegabytes: 21 }))
    expect(checkValidation('FILE', { [name]: value }, checkTools).ok).toBe(false);
  expect(checkValidation('NUMBER', { min: 3, max: 2 }, checkTools)).toMatchObject({
    ok: false,
    problems: [{ path: 'validation/max' }],
  });
  expect(checkValidation('TEXT', { min: 1 }, checkTools)).toMatchObject({
    ok: false,
    problems: [{ path: 'validation/min' }],
  });
  expect(checkValidation('TEXT', { pattern: '(a+)+$' }, checkTools)).toMatchObject({ ok: true });
  expect(checkValidation('TEXT', { pattern: '(?=a)' }, checkTools)).toMatchObject({
    ok: false,
    problems: [{ path: 'validation/pattern' }],
  });
  expect(checkValidation('RATING', { max: 11 }, checkTools)).toMatchObject({ ok: false });
  expect(checkValidation('MONEY', { decimals: 5 }, checkTools)).toMatchObject({ ok: false });
  expect(checkValidation('BOOLEAN', { rule: true, message: { en: 'no' } }, checkTools)).toMatchObject({ ok: true });
  expect(checkValidation('BOOLEAN', { message: 5 }, checkTools)).toMatchObject({ ok: false });
  expect(checkValidation('DATE', { min: '2025-02-30' }, checkTools)).toMatchObject({ ok: false });
  expect(checkValidation('TEXT', ['x'], checkTools)).toMatchObject({ ok: false });
});

test('keys of fields', () => {
  expect(['city', 'a', 'a_1', 'a'.repeat(41)].every(isFieldKey)).toBe(true);
  const refused = [
    '',
    'A',
    '1a',
    'a-b',
    'events',
    'segments',
    'me',
    'id',
    'constructor',
    'prototype',
    'owner',
    'created_at',
    '__proto__',
    "a'b",
    'a'.repeat(42),
  ];
  expect(refused.some(isFieldKey)).toBe(false);
});
