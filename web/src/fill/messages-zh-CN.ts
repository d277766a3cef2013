import { common } from '../i18n/zh-CN/common.ts';
import { fileEntry } from '../i18n/zh-CN/file-entry.ts';
import { fill } from '../i18n/zh-CN/fill.ts';
import { formFill } from '../i18n/zh-CN/form-fill.ts';
import { phone } from '../i18n/zh-CN/phone.ts';

/** What the page of a public form says, in Chinese. */
export const messages = { common, fields: fileEntry, fill, forms: formFill, phone };
