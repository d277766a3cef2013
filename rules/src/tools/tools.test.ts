import { expect, test } from 'vitest';
import { regionTree } from './regions.ts';
import { checkTools } from './index.ts';

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
