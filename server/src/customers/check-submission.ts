import { checkValue, requiredProblem, sentence, type Json, type Problem, type Value } from '@kequn/rules';
import type { Rights } from '../access/gate.ts';
import { maskedValue } from '../access/mask.ts';
import type { FieldCatalogue } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import { invalid, refused } from '../platform/refused.ts';

/** What is known when a submission is checked. */
export interface SubmissionContext {
  readonly catalogue: FieldCatalogue;
  readonly rights: Rights;
  /** The stored values; undefined for a new customer. */
  readonly before?: Readonly<Record<string, Value>> | undefined;
}

/**
 * Checks the values of a submission against the fields and the viewer's rights, and gives those that really change, in normal form.
 *
 * @throws {Refused} VALIDATION_FAILED with every issue at once; FIELD_FORBIDDEN for changes that the viewer may not make.
 */
export function checkSubmission(raw: unknown, context: SubmissionContext): ReadonlyMap<string, Value> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw invalid([
      { path: 'values', code: 'WRONG_TYPE', message: sentence('应为各字段的值', 'Values by field key are expected') },
    ]);
  }
  const problems: Problem[] = [];
  const forbidden: string[] = [];
  const changes = new Map<string, Value>();
  for (const [key, value] of Object.entries(raw as Record<string, Json>)) {
    const field = context.catalogue.byKey.get(key);
    if (!field || field.archived || context.rights.accessTo(key) === 'HIDDEN') problems.push(unknownField(key));
    else takeValue(field, value, context, { problems, forbidden, changes });
  }
  if (!context.before) problems.push(...missing(context, changes, problems));
  if (forbidden.length > 0) throw refused('FIELD_FORBIDDEN', { fields: forbidden });
  if (problems.length > 0) throw invalid(problems);
  return changes;
}

interface Findings {
  readonly problems: Problem[];
  readonly forbidden: string[];
  readonly changes: Map<string, Value>;
}

function takeValue(field: Field, raw: Json, { before, rights }: SubmissionContext, findings: Findings): void {
  const stored = before?.[field.key] ?? null;
  const writable = rights.may(field.key, 'write');
  if (!writable) {
    // What was shown, written back, changes nothing and is no error. Nothing else is compared: that would tell whether a guess is right.
    const shown = rights.accessTo(field.key) === 'MASKED' ? maskedValue(stored) : stored;
    if (!sameJson(raw, shown)) findings.forbidden.push(field.key);
    return;
  }
  const checked = checkValue(field, raw);
  if (!checked.ok) findings.problems.push(...checked.problems);
  else if (checked.value !== stored) takeChange(field, checked.value, before !== undefined, findings);
}

function takeChange(field: Field, value: Value, isUpdate: boolean, { problems, changes }: Findings): void {
  if (value === null && field.required && isUpdate) problems.push(requiredProblem(field));
  if (field.options.some(({ key, archived }) => archived && key === value)) {
    problems.push({
      path: field.key,
      code: 'NOT_AN_OPTION',
      message: sentence('这个选项已停用', 'This option is no longer offered'),
    });
  }
  changes.set(field.key, value);
}

function missing(
  { catalogue, rights }: SubmissionContext,
  changes: ReadonlyMap<string, Value>,
  problems: readonly Problem[],
): Problem[] {
  const told = new Set(problems.map(({ path }) => path));
  return catalogue.fields
    .filter(({ key, required, archived }) => required && !archived && rights.may(key, 'write') && !told.has(key))
    .filter(({ key }) => (changes.get(key) ?? null) === null)
    .map(requiredProblem);
}

function unknownField(key: string): Problem {
  return { path: key, code: 'UNKNOWN_FIELD', message: sentence('没有这个字段', 'There is no such field') };
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
