import type { Locale } from '@kequn/rules';
import type { Language } from 'element-plus/es/locale/index.mjs';

const loaders: Readonly<Record<Locale, () => Promise<{ default: Language }>>> = {
  'zh-CN': () => import('element-plus/es/locale/lang/zh-cn.mjs'),
  en: () => import('element-plus/es/locale/lang/en.mjs'),
};

/** The words of the component library itself, such as the months of its calendars. */
export async function libraryMessages(language: Locale): Promise<Language> {
  return (await loaders[language]()).default;
}
