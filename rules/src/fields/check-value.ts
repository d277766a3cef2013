import type { Json, Value } from '../json.ts';
import { sentence } from '../locale.ts';
import type { Checked } from '../problem.ts';
import type { CheckTools } from './check-tools.ts';
import type { FieldDefinition } from './field-definition.ts';
import { fieldTypes } from './index.ts';

/**
 * Checks one value of one field and brings it to its normal form; `null` and what is stored as empty come back as `null`.
 * The same code runs in the browser's form and in the server. A required field is not asked for here: whether an empty value
 * is refused depends on the save (a create, or an update that empties it). What a formula computes is never entered.
 */
export function checkValue(field: FieldDefinition, value: Json, tools: CheckTools): Checked<Value> {
  if (field.computed) {
    const message = sentence('由公式计算，不能填写', 'Computed by a formula: it cannot be entered');
    return { ok: false, problems: [{ path: field.key, code: 'READ_ONLY', message }] };
  }
  if (value === null) return { ok: true, value: null };
  const outcome = fieldTypes[field.type].accept(value, field, tools);
  if (outcome.ok) return outcome;
  return { ok: false, problems: outcome.faults.map((fault) => ({ path: field.key, ...fault })) };
}

/** The problem of a required field that is left empty. */
export function requiredProblem(field: FieldDefinition): {
  path: string;
  code: 'REQUIRED';
  message: ReturnType<typeof sentence>;
} {
  return { path: field.key, code: 'REQUIRED', message: sentence('此项必填', 'This is required') };
}
