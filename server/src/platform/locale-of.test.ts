import { expect, it } from 'vitest';
import { localeOf } from './locale-of.ts';

it.each([
  [undefined, 'zh-CN'],
  ['', 'zh-CN'],
  ['en', 'en'],
  ['EN-us', 'en'],
  ['zh-TW', 'zh-CN'],
  ['fr, en;q=0.8, zh;q=0.9', 'zh-CN'],
  ['fr, en;q=0.9, zh;q=0.8', 'en'],
  ['en;q=0, fr', 'zh-CN'],
  ['*', 'zh-CN'],
  [',;;q=x,en;q=', 'en'],
] as const)('reads %j as %s', (header, locale) => {
  expect(localeOf(header)).toBe(locale);
});
