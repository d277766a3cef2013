import type { Json } from '../json.ts';
import { sentence } from '../locale.ts';
import type { Checked, Problem, ValueProblemCode } from '../problem.ts';
import type { FieldType, FieldValidation } from './field-definition.ts';
import type { FieldTypeDefinition } from './field-type.ts';
import { fieldTypes } from './index.ts';

/**
 * Checks the `validation` of a field: only settings that its type knows, each of its own shape, the lower bound not above the upper.
 * A setting of `null` is taken as not given.
 */
export function checkValidation(type: FieldType, raw: Json): Checked<FieldValidation> {
  if (raw === null) return { ok: true, value: {} };
  if (typeof raw !== 'object' || Array.isArray(raw)) return { ok: false, problems: [wrong('validation')] };
  const given = Object.entries(raw).filter(([, setting]) => setting !== null);
  const problems = [
    ...given.flatMap((entry) => settingProblems(fieldTypes[type], ...entry)),
    ...orderProblems(Object.fromEntries(given)),
  ];
  return problems.length === 0 ? { ok: true, value: Object.fromEntries(given) } : { ok: false, problems };
}

function settingProblems(type: FieldTypeDefinition, name: string, setting: Json): Problem<ValueProblemCode>[] {
  const check = Object.hasOwn(type.settings, name) ? type.settings[name as keyof FieldValidation] : undefined;
  return check?.(setting) ? [] : [wrong(`validation/${name}`)];
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
