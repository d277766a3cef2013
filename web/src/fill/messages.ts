import type { MessageLoaders } from '../i18n/locale.ts';
import type { Messages } from '../i18n/zh-CN.ts';
import type { fileEntry } from '../i18n/zh-CN/file-entry.ts';

/** Those of the app's texts that a public form shows. */
type ShownMessages = Pick<Messages, 'common' | 'fill' | 'phone'> & {
  readonly fields: typeof fileEntry;
  readonly forms: Pick<Messages['forms'], 'part' | 'fill'>;
};

/** The texts of the page of a public form: it loads no others, and a test shows it with these alone. */
export const fillMessages: MessageLoaders = {
  'zh-CN': async () => (await import('./messages-zh-CN.ts')).messages satisfies ShownMessages as Messages,
  en: async () => (await import('./messages-en.ts')).messages satisfies ShownMessages as Messages,
};
