import { locales, type Locale } from '@kequn/rules';

/** The language that a reader prefers among ours, from Accept-Language (RFC 9110); zh-CN where none is named. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.trim().toLowerCase().split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  for (const { language } of wishes) {
    const known = locales.find((locale) => locale.split('-')[0] === language);
    if (known) return known;
  }
  return 'zh-CN';
}
