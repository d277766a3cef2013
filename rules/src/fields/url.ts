import { sentence } from '../locale.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { hidden } from './masks.ts';
import { asWritten, cleanText, lengthFaults, patternFaults, textSettings } from './text-value.ts';

/** Code points that an address may have at the most. */
const longest = 2_000;

/** An absolute address of the web with a host; no other scheme, which could run script when it is followed. */
const webAddress = /^https?:\/\/[^\s/?#\\]+(?:[/?#]\S*)?$/i;

/** A link to a page of the web, as it was written. */
export const url: FieldTypeDefinition = {
  name: 'URL',
  label: sentence('网址', 'Web address'),
  valueType: 'TEXT',
  column: 'text COLLATE "C"',
  canBeUnique: true,
  searchable: false,
  mask: () => hidden,
  settings: { pattern: textSettings(longest).pattern },
  accept(raw, field, tools) {
    const clean = cleanText(raw, 'one line');
    if (!clean.ok) return clean;
    if (clean.value === '') return accepted(null);
    if (!webAddress.test(clean.value)) {
      return refuse(
        'INVALID',
        sentence('网址应以 http:// 或 https:// 开头', 'A web address begins with http:// or https://'),
      );
    }
    return accepted(clean.value, [
      ...lengthFaults(clean.value, field, longest),
      ...patternFaults(clean.value, field, tools),
    ]);
  },
  ...asWritten,
};
