import {
  checkValidation,
  codePoints,
  hasForbiddenCharacter,
  sentence,
  fieldTypes,
  type FieldType,
  type FieldValidation,
  type Json,
  type Problem,
} from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { forbiddenCharacter, labelIn } from '../platform/label-in.ts';
import { limits } from '../platform/limits.ts';
import type { Field, FieldInput, FieldOption, FieldOptionInput } from './field.ts';

/** The longest help text, in code points. */
const longestHelp = 2_000;
const optionKey = /^[A-Za-z0-9_.-]{1,64}$/;

/** The parts of a field that people set, checked. */
export type FieldSettings = Pick<
  Field,
  'label' | 'labels' | 'help' | 'options' | 'validation' | 'required' | 'unique' | 'sensitive' | 'released'
>;

/** The settings that an input asks for on top of what the field has, and everything that is wrong with it. */
export function checkFieldInput(
  type: FieldType,
  input: FieldInput,
  before: FieldSettings,
): { settings: FieldSettings; problems: Problem[] } {
  const problems: Problem[] = [];
  const settings: FieldSettings = {
    label: input.label === undefined || input.label === null ? before.label : labelIn('label', input.label, problems),
    labels: input.labels === undefined ? before.labels : labelsIn('labels', input.labels, problems),
    help: input.help === undefined ? before.help : helpIn(input.help, problems),
    options: input.options ? optionsIn(type, input.options, problems) : before.options,
    validation: input.validation === undefined ? before.validation : validationIn(type, input.validation, problems),
    required: input.required ?? before.required,
    unique: uniqueIn(type, input.unique ?? before.unique, problems),
    sensitive: input.sensitive ?? before.sensitive,
    released: input.released ?? before.released,
  };
  return { settings, problems };
}

function labelsIn(path: string, raw: unknown, problems: Problem[]): Record<string, string> {
  if (raw === null) return {};
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    problems.push({
      path,
      code: 'WRONG_TYPE',
      message: sentence('应为各语言的名称', 'Names by language are expected'),
    });
    return {};
  }
  return Object.fromEntries(
    Object.entries(raw ?? {}).map(([tag, label]) => {
      if (!isLanguageTag(tag))
        problems.push({
          path: `${path}/${tag}`,
          code: 'INVALID',
          message: sentence('不是语言代码', 'Not a language tag'),
        });
      return [tag, labelIn(`${path}/${tag}`, label, problems)];
    }),
  );
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}

function helpIn(raw: string | null, problems: Problem[]): string | null {
  const help = raw?.replaceAll('\r\n', '\n').normalize('NFC').trim() ?? '';
  if (codePoints(help) > longestHelp) {
    problems.push({
      path: 'help',
      code: 'TOO_LONG',
      message: sentence(`最多 ${longestHelp} 个字`, `At most ${longestHelp} characters`),
    });
  }
  if (hasForbiddenCharacter(help, 'tab and newline')) problems.push(forbiddenCharacter('help'));
  return help === '' ? null : help;
}

function optionsIn(type: FieldType, raw: readonly FieldOptionInput[], problems: Problem[]): FieldOption[] {
  if (raw.length > limits.options) {
    const message = sentence(`最多 ${limits.options} 个选项`, `At most ${limits.options} options`);
    problems.push({ path: 'options', code: 'TOO_LONG', message });
    return [];
  }
  if (!hasOptions(type) && raw.length > 0) {
    problems.push({
      path: 'options',
      code: 'INVALID',
      message: sentence('只有选择类字段才有选项', 'Only choice fields have options'),
    });
  }
  const seen = new Set<string>();
  return raw.map((option, index) => {
    const path = `options/${index}`;
    if (!optionKey.test(option.key)) {
      problems.push({
        path: `${path}/key`,
        code: 'INVALID',
        message: sentence(
          '选项代码只能含字母、数字和 _ - .，最多 64 个',
          'Option keys are 1 to 64 of A–Z a–z 0–9 _ - .',
        ),
      });
    }
    if (seen.has(option.key))
      problems.push({
        path: `${path}/key`,
        code: 'NOT_UNIQUE',
        message: sentence('选项代码重复', 'This option key is there already'),
      });
    seen.add(option.key);
    return {
      key: option.key,
      label: labelIn(`${path}/label`, option.label, problems),
      labels: labelsIn(`${path}/labels`, option.labels ?? null, problems),
      color: colorIn(`${path}/color`, option.color ?? null, problems),
      archived: option.archived ?? false,
    };
  });
}

function colorIn(path: string, raw: string | null, problems: Problem[]): string | null {
  if (raw === null || /^#[0-9a-fA-F]{6}$/.test(raw)) return raw;
  problems.push({ path, code: 'INVALID', message: sentence('颜色应写作 #RRGGBB', 'A colour is written #RRGGBB') });
  return null;
}

/** Whether the values of a type are keys of an option set. */
function hasOptions(type: FieldType): boolean {
  return fieldTypes[type].valueType === 'OPTION' || fieldTypes[type].valueType === 'OPTIONS';
}

function uniqueIn(type: FieldType, unique: boolean, problems: Problem[]): boolean {
  if (unique && !fieldTypes[type].canBeUnique) {
    const message = sentence('这种类型的字段不能设为唯一', 'Fields of this type cannot be unique');
    problems.push({ path: 'unique', code: 'INVALID', message });
  }
  return unique;
}

function validationIn(type: FieldType, raw: unknown, problems: Problem[]): FieldValidation {
  const outcome = checkValidation(type, raw as Json, checkTools);
  if (outcome.ok) return outcome.value;
  problems.push(...outcome.problems);
  return {};
}
