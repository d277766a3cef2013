import type { Locale } from '@kequn/rules';
import { localeContextKey } from 'element-plus/es/hooks/use-locale/index.mjs';
import type { Language } from 'element-plus/es/locale/index.mjs';
import { provide, shallowRef, watch, type App, type Ref } from 'vue';
import { locale } from './locale.ts';

const loaders: Readonly<Record<Locale, () => Promise<{ default: Language }>>> = {
  'zh-CN': () => import('element-plus/es/locale/lang/zh-cn.mjs'),
  en: () => import('element-plus/es/locale/lang/en.mjs'),
};

/**
 * Gives an app the words of the component library itself, such as the months of its calendars, in the language in use: what the library's own
 * provider component would do, at a tenth of what it loads.
 */
export function installLibraryMessages(app: App): void {
  app.provide(localeContextKey, wordsIn(locale) as Ref<Language>);
}

/** Gives the same to what stands within a component, in a language that it speaks. */
export function provideLibraryMessages(language: Readonly<Ref<Locale>>): void {
  provide(localeContextKey, wordsIn(language));
}

function wordsIn(language: Readonly<Ref<Locale>>): Ref<Language | undefined> {
  const words = shallowRef<Language>();
  watch(language, async (next) => (words.value = (await loaders[next]()).default), { immediate: true });
  return words;
}
