import { locales, type Locale } from '@kequn/rules';
import { readonly, ref, shallowRef, type Ref } from 'vue';
import type { Messages } from './zh-CN.ts';

const storageKey = 'kequn.locale';

/** How the messages of each language are loaded. */
export type MessageLoaders = Readonly<Record<Locale, () => Promise<Messages>>>;

const allMessages: MessageLoaders = {
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
  en: async () => (await import('./en.ts')).en,
};

/** The languages with the names that they give themselves. */
export const localeNames: Readonly<Record<Locale, string>> = { 'zh-CN': '简体中文', en: 'English' };

const current = ref<Locale>('zh-CN');
const loaded = shallowRef<Messages>();
let speaking = allMessages;

/** The language in which the app speaks. */
export const locale: Readonly<Ref<Locale>> = readonly(current);

/** The language that was chosen here before, else the browser's wish: any Chinese is zh-CN, all else en. */
export function preferredLocale(saved: string | null, wishes: readonly string[]): Locale {
  const known = locales.find((one) => one === saved);
  if (known) return known;
  return wishes[0]?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Loads the messages of a language and speaks it from then on; the page says so to screen readers too. */
export async function speak(next: Locale, loaders = allMessages): Promise<void> {
  speaking = loaders;
  loaded.value = await loaders[next]();
  current.value = next;
  document.documentElement.lang = next;
}

/** Speaks the language that fits this browser. */
export function startLocale(): Promise<void> {
  return speak(preferredLocale(localStorage.getItem(storageKey), navigator.languages));
}

/** Speaks another language, and remembers it. */
export async function chooseLocale(next: Locale): Promise<void> {
  await speak(next);
  localStorage.setItem(storageKey, next);
}

/** The messages of the language in use. */
export function currentMessages(): Messages {
  if (!loaded.value) throw new Error('No messages before startLocale');
  return loaded.value;
}

/** The messages of a language, whichever is in use. */
export function messagesIn(language: Locale): Promise<Messages> {
  return speaking[language]();
}
