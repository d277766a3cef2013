import { checkValue, type FieldDefinition } from '@kequn/rules';
import { phoneCountries } from '@kequn/rules/phone';
import { checkTools } from '@kequn/rules/tools';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { entryOf, typed, valueOf } from './phone-entry.ts';

describe('a phone number', () => {
  test.each([
    ['+8613812345678', 'CN', '138 1234 5678'],
    ['+442079460958', 'GB', '020 7946 0958'],
    ['+14165550123', 'CA', '(416) 555-0123'],
    ['12', 'CN', '12'],
    ['+44 20', 'GB', '20'],
    ['', 'CN', ''],
  ])('%s is entered in %s as %s, and comes out as it was', (value, country, text) => {
    expect(entryOf(value, 'CN')).toEqual({ country, text });
    expect(valueOf({ country, text }, 'CN') ?? '').toBe(value);
  });

  it('is of the country whose calling code it begins with, however it was begun', () => {
    const pasted = typed({ country: 'CN', text: '' }, '+44 20 7946 0958');
    expect(pasted.country).toBe('GB');
    expect(entryOf(valueOf(pasted, 'CN')!, 'CN')).toEqual({ country: 'GB', text: '020 7946 0958' });
    expect(typed({ country: 'JP', text: '' }, '03 1234').country).toBe('JP');
    expect(typed({ country: 'JP', text: '' }, '+').country).toBe('JP');
  });

  it('is accepted or refused as the server would, for the country that was chosen', () => {
    const field = {
      key: 'tel',
      type: 'PHONE',
      validation: { country: 'JP' },
      options: [],
    } as unknown as FieldDefinition;
    const value = valueOf({ country: 'GB', text: '12' }, 'JP');
    const outcome = checkValue(field, value, checkTools);
    expect(outcome.ok ? [] : outcome.problems.map(({ message }) => message['zh-CN'])).toEqual([
      '不是有效的英国电话号码',
    ]);
    expect(checkValue(field, valueOf({ country: 'JP', text: '03-1234-5678' }, 'JP'), checkTools)).toEqual({
      ok: true,
      value: '+81312345678',
    });
  });

  it('that is whole is the same after it was shown and entered again', () => {
    const codes = fc.constantFrom(...phoneCountries.map(({ callingCode }) => callingCode));
    const digits = fc.stringMatching(/^[1-9]\d{5,11}$/);
    fc.assert(
      fc.property(codes, digits, fc.constantFrom('CN', 'US', 'IT'), (code, number, home) => {
        const value = checkTools.phone(`+${code}${number}`, home);
        if (value !== undefined) expect(valueOf(entryOf(value, home), home)).toBe(value);
      }),
    );
  });
});
