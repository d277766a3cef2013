import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suiteFields } from '../../suites/index.ts';
import type { Json } from '../json.ts';
import { checkValue } from './check-value.ts';
import { checkValidation } from './check-validation.ts';
import type { FieldDefinition, FieldValidation } from './field-definition.ts';
import { isFieldKey } from './field-key.ts';

function field(key: string, validation: FieldValidation = {}): FieldDefinition {
  return { ...suiteFields.find((each) => each.key === key)!, validation };
}

function outcome(of: FieldDefinition, value: Json): Json {
  const result = checkValue(of, value);
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
  ];
  test.each(cases)('%j %j', (of, value, expected) => expect(outcome(of, value)).toEqual(expected));
});

test('normalising twice changes nothing', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...suiteFields),
      fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean()),
      (of, value) => {
        const once = checkValue(of, value);
        if (once.ok) expect(checkValue(of, once.value)).toEqual(once);
      },
    ),
  );
});

test('settings of a field are those of its type', () => {
  expect(checkValidation('NUMBER', { min: 1, max: 2, decimals: 0 })).toEqual({
    ok: true,
    value: { min: 1, max: 2, decimals: 0 },
  });
  expect(checkValidation('NUMBER', { min: 3, max: 2 })).toMatchObject({
    ok: false,
    problems: [{ path: 'validation/max' }],
  });
  expect(checkValidation('TEXT', { min: 1 })).toMatchObject({ ok: false, problems: [{ path: 'validation/min' }] });
  expect(checkValidation('DATE', { min: '2025-02-30' })).toMatchObject({ ok: false });
  expect(checkValidation('TEXT', ['x'])).toMatchObject({ ok: false });
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
