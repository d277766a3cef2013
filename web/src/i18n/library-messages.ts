import type { Locale } from '@kequn/rules';
import { localeContextKey } from 'element-plus/es/hooks/use-locale/index.mjs';
import type { Language } from 'element-plus/es/locale/index.mjs';
import { shallowRef, watch, type App } from 'vue';
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
  const words = shallowRef<Language>();
  app.provide(localeContextKey, words);
  watch(locale, async (language) => (words.value = (await loaders[language]()).default), { immediate: true });
}
