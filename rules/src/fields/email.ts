import { sentence } from '../locale.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { maskEmail } from './masks.ts';
import { asWritten, cleanText, lengthFaults, patternFaults, textSettings } from './text-value.ts';

/** Characters that an address may have at the most (RFC 5321, the path without its brackets). */
const longest = 254;

/** A valid e-mail address as the HTML standard defines it for `input type=email`. */
const address =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** An e-mail address, in lower case. */
export const email: FieldTypeDefinition = {
  name: 'EMAIL',
  label: sentence('邮箱', 'E-mail'),
  valueType: 'TEXT',
  column: 'text COLLATE "C"',
  canBeUnique: true,
  searchable: true,
  mask: maskEmail,
  settings: { pattern: textSettings(longest).pattern },
  accept(raw, field, tools) {
    const clean = cleanText(raw, 'one line');
    if (!clean.ok) return clean;
    const value = clean.value.toLowerCase();
    if (value === '') return accepted(null);
    if (value.length <= longest && !address.test(value)) {
      return refuse('INVALID', sentence('不是有效的邮箱地址', 'Not a valid e-mail address'));
    }
    return accepted(value, [...lengthFaults(value, field, longest), ...patternFaults(value, field, tools)]);
  },
  ...asWritten,
};
