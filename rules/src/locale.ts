/** The languages in which Kequn speaks; zh-CN is the default. */
export const locales = ['zh-CN', 'en'] as const;

/** A BCP 47 tag of one of the languages of the product. */
export type Locale = (typeof locales)[number];

/** One message in every language. */
export type Sentence = Readonly<Record<Locale, string>>;

/** Makes a message; both languages are asked for at the place where the message is written, so none can be forgotten. */
export function sentence(zh: string, en: string): Sentence {
  return { 'zh-CN': zh, en };
}
