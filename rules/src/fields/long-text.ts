import { sentence } from '../locale.ts';
import { accepted, type FieldTypeDefinition } from './field-type.ts';
import { hidden } from './masks.ts';
import { asWritten, cleanText, lengthFaults, patternFaults, textSettings } from './text-value.ts';

/** Code points that long text may have at the most. */
const longest = 20_000;

/** Text of many lines: line ends as LF, Unicode NFC, then trimmed. */
export const longText: FieldTypeDefinition = {
  name: 'LONG_TEXT',
  label: sentence('多行文本', 'Long text'),
  valueType: 'TEXT',
  column: 'text COLLATE "C"',
  canBeUnique: false,
  searchable: false,
  mask: () => hidden,
  settings: textSettings(longest),
  accept(raw, field, tools) {
    const clean = cleanText(raw, 'many lines');
    if (!clean.ok) return clean;
    if (clean.value === '') return accepted(null);
    return accepted(clean.value, [
      ...lengthFaults(clean.value, field, longest),
      ...patternFaults(clean.value, field, tools),
    ]);
  },
  ...asWritten,
};
