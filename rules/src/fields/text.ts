import { sentence } from '../locale.ts';
import { codePoints, hasForbiddenCharacter } from '../types/text.ts';
import type { Json } from '../json.ts';
import type { FieldValidation } from './field-definition.ts';
import { accepted, refuse, type Fault, type FieldTypeDefinition } from './field-type.ts';

/** Code points that one line of text may have at the most. */
const longestText = 1_000;

function isLength(setting: Json): boolean {
  return typeof setting === 'number' && Number.isInteger(setting) && setting >= 0 && setting <= longestText;
}

function lengthFaults(value: string, { minLength = 0, maxLength = longestText }: FieldValidation): Fault[] {
  const length = codePoints(value);
  const faults: Fault[] = [];
  if (length < minLength) {
    faults.push({ code: 'TOO_SHORT', message: sentence(`至少 ${minLength} 个字`, `At least ${minLength} characters`) });
  }
  if (length > maxLength) {
    faults.push({ code: 'TOO_LONG', message: sentence(`最多 ${maxLength} 个字`, `At most ${maxLength} characters`) });
  }
  return faults;
}

/** One line of text: stored in Unicode NFC, then trimmed. */
export const text: FieldTypeDefinition = {
  name: 'TEXT',
  label: sentence('单行文本', 'Text'),
  valueType: 'TEXT',
  column: 'text COLLATE "C"',
  creatable: true,
  settings: { minLength: isLength, maxLength: isLength },
  accept(raw, field) {
    if (typeof raw !== 'string') return refuse('WRONG_TYPE', sentence('请填写文本', 'Text is expected'));
    const value = raw.normalize('NFC').trim();
    if (hasForbiddenCharacter(value, 'none')) {
      return refuse(
        'FORBIDDEN_CHARACTER',
        sentence('含有不允许的字符（如换行或控制字符）', 'Holds a character that is not allowed, such as a line break'),
      );
    }
    return value === '' ? accepted(null) : accepted(value, lengthFaults(value, field.validation));
  },
};
