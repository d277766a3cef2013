import { expect, test } from 'vitest';
import { regionMatches } from './region-search.ts';

const nanshan = ['广东省', '深圳市', '南山区'];

test.each(['南山', 'nanshan', 'nsq', '深圳市南山', 'shenzhenshi nanshan', 'NanShan'])('%s means 南山区', (keyword) => {
  expect(regionMatches(nanshan, keyword)).toBe(true);
});

test.each(['北京', 'beijing', 'xyz'])('%s does not mean 南山区', (keyword) => {
  expect(regionMatches(nanshan, keyword)).toBe(false);
});
