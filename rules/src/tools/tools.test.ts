import { expect, test } from 'vitest';
import { regionTree } from './regions.ts';
import { checkTools } from './index.ts';
import { nationalPhone, phoneCountries } from './phone.ts';

test('divisions have six digits and full names, and lie in the division above', () => {
  expect(checkTools.regions.get('440305')).toBe('广东省深圳市南山区');
  expect(checkTools.regions.get('110105')).toBe('北京市朝阳区');
  expect(checkTools.regions.get('820000')).toBe('澳门特别行政区');
  expect([...checkTools.regions.keys()].every((code) => /^\d{6}$/.test(code))).toBe(true);
  for (const province of regionTree) {
    for (const city of province.children) expect(city.code.slice(0, 2)).toBe(province.code.slice(0, 2));
  }
});

test('patterns are matched in linear time, and only those of RE2 are patterns', () => {
  expect(checkTools.matches('^(a+)+$', `${'a'.repeat(50_000)}b`)).toBe(false);
  expect(['(?=a)', '(a)\\1', '[', ''].some((pattern) => checkTools.isPattern(pattern))).toBe(false);
});

test('a number is of the country of its calling code, else of the one that is said', () => {
  expect(checkTools.phone('020 7946 0958', 'GB')).toBe('+442079460958');
  expect(checkTools.phone('+44 20 7946 0958')).toBe('+442079460958');
  expect(checkTools.phone('138 1234 5678', 'none such')).toBe('+8613812345678');
  const [none, begun, unknown] = ['12', '+44 20', '+999 1'].map((written) => checkTools.phoneCountry(written, 'JP'));
  expect([none, begun, unknown]).toEqual(['JP', 'GB', undefined]);
  expect(['GB', 'gb', 'ZZ', '__proto__'].map(checkTools.isPhoneCountry)).toEqual([true, false, false, false]);
});

test('a number is written as in its country', () => {
  expect(nationalPhone('+8613812345678')).toEqual({ country: 'CN', national: '138 1234 5678' });
  expect(nationalPhone('+12133734253')).toEqual({ country: 'US', national: '(213) 373-4253' });
  expect(nationalPhone('12')).toBeUndefined();
  expect(phoneCountries.find(({ callingCode }) => callingCode === '1')?.code).toBe('US');
});
