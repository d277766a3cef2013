import { describe, expect, it } from 'vitest';
import { chooseLocale, currentMessages, locale, preferredLocale, startLocale } from './locale.ts';

describe('the language', () => {
  it.each([
    ['en', ['zh-CN'], 'en'],
    [null, ['zh-TW', 'en'], 'zh-CN'],
    [null, ['ZH-hans'], 'zh-CN'],
    [null, ['fr-FR', 'zh-CN'], 'en'],
    ['klingon', ['zh'], 'zh-CN'],
    [null, [], 'en'],
  ] as const)('saved %s, wished %j: %s', (saved, wishes, expected) => {
    expect(preferredLocale(saved, wishes)).toBe(expected);
  });

  it('is told to screen readers and remembered once it is chosen', async () => {
    await startLocale();
    await chooseLocale('zh-CN');
    expect(document.documentElement.lang).toBe('zh-CN');
    expect(currentMessages().navigation.customers).toBe('客户');
    await chooseLocale('en');
    await startLocale();
    expect(locale.value).toBe('en');
    expect(document.documentElement.lang).toBe('en');
  });
});
