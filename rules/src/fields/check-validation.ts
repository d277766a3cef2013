import type { Json } from '../json.ts';
import { sentence } from '../locale.ts';
import type { Checked, Problem, ValueProblemCode } from '../problem.ts';
import { codePoints, hasForbiddenCharacter } from '../types/text.ts';
import type { CheckTools } from './check-tools.ts';
import type { FieldType, FieldValidation } from './field-definition.ts';
import type { SettingCheck } from './field-type.ts';
import { fieldTypes } from './index.ts';

/** Code points of the sentence that a field says of its own. */
const longestMessage = 200;

/** What every type can be asked; that `rule` is a rule of the catalogue is checked by whoever knows it. */
const settingsOfAll: Readonly<Partial<Record<keyof FieldValidation, SettingCheck>>> = {
  rule: () => true,
  message: (setting) =>
    isMessage(setting) ||
    (typeof setting === 'object' &&
      setting !== null &&
      !Array.isArray(setting) &&
      Object.values(setting).every(isMessage)),
};

function isMessage(setting: Json): boolean {
  return (
    typeof setting === 'string' &&
    setting.trim() !== '' &&
    codePoints(setting) <= longestMessage &&
    !hasForbiddenCharacter(setting, 'none')
  );
}

/**
 * Checks the `validation` of a field: only settings that its type knows, each of its own shape, the lower bound not above the upper.
 * A setting of `null` is taken as not given.
 */
export function checkValidation(type: FieldType, raw: Json, tools: CheckTools): Checked<FieldValidation> {
  if (raw === null) return { ok: true, value: {} };
  if (typeof raw !== 'object' || Array.isArray(raw)) return { ok: false, problems: [wrong('validation')] };
  const given = Object.entries(raw).filter(([, setting]) => setting !== null);
  const known = { ...settingsOfAll, ...fieldTypes[type].settings };
  const problems = [
    ...given
      .filter(([name, setting]) => !isValid(known, name, setting, tools))
      .map(([name]) => wrong(`validation/${name}`)),
    ...orderProblems(Object.fromEntries(given)),
  ];
  return problems.length === 0 ? { ok: true, value: Object.fromEntries(given) } : { ok: false, problems };
}

function isValid(known: typeof settingsOfAll, name: string, setting: Json, tools: CheckTools): boolean {
  const check = Object.hasOwn(known, name) ? known[name as keyof FieldValidation] : undefined;
  return check?.(setting, tools) ?? false;
}

function orderProblems(given: Readonly<Record<string, Json>>): Problem<ValueProblemCode>[] {
  const pairs = [
    ['min', 'max'],
    ['minLength', 'maxLength'],
  ] as const;
  return pairs.flatMap(([low, high]) => {
    const [from, to] = [given[low], given[high]];
    const crossed =
      typeof from === typeof to && from !== undefined && to !== undefined && from !== null && to !== null && from > to;
    return crossed ? [wrong(`validation/${high}`)] : [];
  });
}

function wrong(path: string): Problem<ValueProblemCode> {
  return {
    path,
    code: 'INVALID',
    message: sentence('该设置对此类型的字段无效', 'Not a valid setting for a field of this type'),
  };
}
