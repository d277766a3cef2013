import type { Locale } from './locale.ts';

/* Making one of these takes a thousand times as long as using it, so each is made once. */

function kept<Key, Format>(make: (key: Key) => Format): (key: Key) => Format {
  const made = new Map<Key, Format>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

/** Writes numbers, with every digit that they have. */
export const numberFormat = kept((locale: Locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }));

/** Writes days, given as instants of UTC. */
export const dayFormat = kept(
  (locale: Locale) =>
    new Intl.DateTimeFormat(locale, { dateStyle: locale === 'en' ? 'medium' : 'long', timeZone: 'UTC' }),
);

/** Joins words as one of them, or as all of them. */
export const listFormat: Readonly<Record<'disjunction' | 'conjunction', (locale: Locale) => Intl.ListFormat>> = {
  disjunction: kept((locale: Locale) => new Intl.ListFormat(locale, { type: 'disjunction' })),
  conjunction: kept((locale: Locale) => new Intl.ListFormat(locale, { type: 'conjunction' })),
};
