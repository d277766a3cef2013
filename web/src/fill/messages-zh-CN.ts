import { common } from '../i18n/zh-CN/common.ts';
import { fields } from '../i18n/zh-CN/fields.ts';
import { fill } from '../i18n/zh-CN/fill.ts';
import { formFill } from '../i18n/zh-CN/form-fill.ts';

/** What the page of a public form says, in Chinese. */
export const messages = { common, fields, fill, forms: formFill };
