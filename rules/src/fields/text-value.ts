import { sentence } from '../locale.ts';
import { codePoints, hasForbiddenCharacter } from '../types/text.ts';
import type { Json } from '../json.ts';
import type { CheckTools } from './check-tools.ts';
import type { FieldDefinition } from './field-definition.ts';
import { ownMessage } from './own-message.ts';
import { refuse, type Accepted, type Fault, type FieldTypeDefinition, type SettingCheck } from './field-type.ts';

/** Code points that a value of a unique field may have: the index that finds its like again holds no more. */
const longestUnique = 500;

/** Text in its normal form, Unicode NFC then trimmed, or why it cannot be stored. */
export type CleanText = { readonly ok: true; readonly value: string } | Extract<Accepted, { ok: false }>;

/** Brings text to its normal form; line ends become LF where lines are allowed. */
export function cleanText(raw: NonNullable<Json>, lines: 'one line' | 'many lines'): CleanText {
  if (typeof raw !== 'string') return wrongType;
  const many = lines === 'many lines';
  const value = (many ? raw.replaceAll(/\r\n?/g, '\n') : raw).normalize('NFC').trim();
  return hasForbiddenCharacter(value, many ? 'tab and newline' : 'none') ? forbidden : { ok: true, value };
}

const wrongType = refuse('WRONG_TYPE', sentence('请填写文本', 'Text is expected')) as Extract<Accepted, { ok: false }>;
const forbidden = refuse(
  'FORBIDDEN_CHARACTER',
  sentence(
    '含有不允许的字符（如换行或控制字符）',
    'Holds a character that is not allowed, such as a control character',
  ),
) as Extract<Accepted, { ok: false }>;

/** What is wrong with the length of text, in code points; `longest` is what the type allows. */
export function lengthFaults(value: string, { validation, unique }: FieldDefinition, longest: number): Fault[] {
  const length = codePoints(value);
  const least = validation.minLength ?? 0;
  const most = Math.min(validation.maxLength ?? longest, unique ? longestUnique : longest);
  const faults: Fault[] = [];
  if (length < least) {
    faults.push({ code: 'TOO_SHORT', message: sentence(`至少 ${least} 个字`, `At least ${least} characters`) });
  }
  if (length > most) {
    faults.push({ code: 'TOO_LONG', message: sentence(`最多 ${most} 个字`, `At most ${most} characters`) });
  }
  return faults;
}

/** What is wrong with text by the pattern of its field. */
export function patternFaults(value: string, { validation }: FieldDefinition, tools: CheckTools): Fault[] {
  const { pattern } = validation;
  if (pattern === undefined || tools.matches(pattern, value)) return [];
  const usual = sentence('格式不符合要求', 'Does not have the required form');
  return [{ code: 'PATTERN', message: ownMessage(validation, usual) }];
}

/** The settings of text: lengths and a pattern. */
export function textSettings(longest: number): Record<'minLength' | 'maxLength' | 'pattern', SettingCheck> {
  const isLength: SettingCheck = (setting) =>
    typeof setting === 'number' && Number.isInteger(setting) && setting >= 0 && setting <= longest;
  return {
    minLength: isLength,
    maxLength: isLength,
    pattern: (setting, tools) => typeof setting === 'string' && tools.isPattern(setting),
  };
}

/** Values that are text themselves. */
export const asWritten: Pick<FieldTypeDefinition, 'toText' | 'fromText'> = {
  toText: (value) => String(value),
  fromText: (written) => written,
};
