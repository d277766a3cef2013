import { sentence } from '../locale.ts';
import { accepted, type FieldTypeDefinition } from './field-type.ts';
import { maskText } from './masks.ts';
import { asWritten, cleanText, lengthFaults, patternFaults, textSettings } from './text-value.ts';

/** Code points that one line of text may have at the most. */
const longest = 1_000;

/** One line of text: stored in Unicode NFC, then trimmed. */
export const text: FieldTypeDefinition = {
  name: 'TEXT',
  label: sentence('单行文本', 'Text'),
  valueType: 'TEXT',
  column: 'text COLLATE "C"',
  canBeUnique: true,
  searchable: true,
  mask: maskText,
  settings: textSettings(longest),
  accept(raw, field, tools) {
    const clean = cleanText(raw, 'one line');
    if (!clean.ok) return clean;
    if (clean.value === '') return accepted(null);
    return accepted(clean.value, [
      ...lengthFaults(clean.value, field, longest),
      ...patternFaults(clean.value, field, tools),
    ]);
  },
  ...asWritten,
};
