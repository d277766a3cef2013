import { common } from '../i18n/en/common.ts';
import { fileEntry } from '../i18n/en/file-entry.ts';
import { fill } from '../i18n/en/fill.ts';
import { formFill } from '../i18n/en/form-fill.ts';
import { phone } from '../i18n/en/phone.ts';

/** What the page of a public form says, in English. */
export const messages = { common, fields: fileEntry, fill, forms: formFill, phone };
