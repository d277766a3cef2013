import { In } from 'typeorm';
import { checkValue, requiredProblem, sentence, type Json, type Problem, type Value } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import type { Rights } from '../access/gate.ts';
import { User } from '../access/user.ts';
import { maskedValue } from '../access/mask.ts';
import type { FieldCatalogue } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import { noSuchFile, type MayName } from '../files/keep-files.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { isUuid } from '../platform/uuid.ts';
import { invalid, refused } from '../platform/refused.ts';
import { shownValue } from './show-customer.ts';

/** What is known when a submission is checked. */
export interface SubmissionContext {
  readonly catalogue: FieldCatalogue;
  readonly rights: Rights;
  /** Those of the users named in the submission who are active. */
  readonly activeUsers: ReadonlySet<string>;
  /** Which of the files named in the submission may be named by whoever submits it; not given: none. */
  readonly mayName?: MayName | undefined;
  /** The stored values; undefined for a new customer. */
  readonly before?: Readonly<Record<string, Value>> | undefined;
  /** The keys of the only fields that a new customer is asked for; not given: all that are required. */
  readonly asked?: ReadonlySet<string> | undefined;
}

/** What a submission changes, in normal form, and what is wrong with it. */
export interface CheckedSubmission {
  readonly changes: ReadonlyMap<string, Value>;
  readonly problems: Problem[];
}

/**
 * Checks the values of a submission against the fields and the viewer's rights, and gives those that really change.
 *
 * @throws {Refused} FIELD_FORBIDDEN for changes that the viewer may not make; VALIDATION_FAILED where there are no values at all.
 */
export function checkSubmission(raw: unknown, context: SubmissionContext): CheckedSubmission {
  const problems: Problem[] = [];
  const forbidden: string[] = [];
  const changes = new Map<string, Value>();
  for (const [key, value] of Object.entries(submittedValues(raw))) {
    const field = knownField(key, context);
    if (!field) problems.push(unknownField(key));
    else takeValue(field, value, context, { problems, forbidden, changes });
  }
  if (!context.before) problems.push(...missing(context, changes, problems));
  if (forbidden.length > 0) throw refused('FIELD_FORBIDDEN', { fields: forbidden });
  return { changes, problems };
}

/**
 * The values that were submitted, by field key.
 *
 * @throws {Refused} VALIDATION_FAILED where there are none at all; LIMIT_EXCEEDED for more than there can be fields.
 */
export function submittedValues(raw: unknown): Readonly<Record<string, Json>> {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) {
    if (Object.keys(raw).length > limits.fields)
      throw refused('LIMIT_EXCEEDED', { limit: 'fields', max: limits.fields });
    return raw as Record<string, Json>;
  }
  const message = sentence('应为各字段的值', 'Values by field key are expected');
  throw invalid([{ path: 'values', code: 'WRONG_TYPE', message }]);
}

/** A field that the viewer may know of, or undefined. */
export function knownField(key: string, { catalogue, rights }: SubmissionContext): Field | undefined {
  const field = catalogue.byKey.get(key);
  return field && !field.archived && rights.accessTo(key) !== 'HIDDEN' ? field : undefined;
}

interface Findings {
  readonly problems: Problem[];
  readonly forbidden: string[];
  readonly changes: Map<string, Value>;
}

function takeValue(field: Field, raw: Json, context: SubmissionContext, findings: Findings): void {
  if (!context.rights.may(field.key, 'write') && !field.computed) {
    if (!isAsShown(field, raw, context)) findings.forbidden.push(field.key);
    return;
  }
  const checked = checkValue(field, raw, checkTools);
  if (!checked.ok) findings.problems.push(...checked.problems);
  else if (!sameJson(checked.value, context.before?.[field.key] ?? null)) {
    if (checked.value === null && field.required && context.before) findings.problems.push(requiredProblem(field));
    findings.problems.push(...problemsOfChange(field, checked.value, context));
    findings.changes.set(field.key, checked.value);
  }
}

/**
 * Whether a value is the one that was shown of a field which the viewer may not write: written back it changes nothing and is no error. Nothing
 * else is compared: that would tell whether a guess is right.
 */
export function isAsShown(field: Field, raw: Json, { before, rights }: SubmissionContext): boolean {
  const stored = before?.[field.key] ?? null;
  return sameJson(
    raw,
    rights.accessTo(field.key) === 'MASKED' ? maskedValue(field.type, stored) : shownValue(field, stored),
  );
}

/** What is wrong with a value as something new: users who are gone, files of others, options that are no longer offered. */
export function problemsOfChange(
  field: Field,
  value: Value,
  { before, activeUsers, mayName }: SubmissionContext,
): Problem[] {
  const problems: Problem[] = [];
  if (field.type === 'USER' && value !== null && !activeUsers.has(String(value))) {
    const message = sentence('没有这个在职用户', 'There is no such active user');
    problems.push({ path: field.key, code: 'INVALID', message });
  }
  if (field.type === 'FILE' && value !== null && !mayName?.(field.key, String(value)))
    problems.push(noSuchFile(field.key));
  const kept = new Set(keysOf(before?.[field.key] ?? null));
  const added = new Set(keysOf(value).filter((key) => !kept.has(key)));
  if (field.options.some(({ key, archived }) => archived && added.has(key))) {
    const message = sentence('这个选项已停用', 'This option is no longer offered');
    problems.push({ path: field.key, code: 'NOT_AN_OPTION', message });
  }
  return problems;
}

/** The option keys that a value holds. */
function keysOf(value: Value): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function missing(
  { catalogue, rights, asked }: SubmissionContext,
  changes: ReadonlyMap<string, Value>,
  problems: readonly Problem[],
): Problem[] {
  const told = new Set(problems.map(({ path }) => path));
  return catalogue.fields
    .filter(({ key, required, archived }) => required && !archived && rights.may(key, 'write') && !told.has(key))
    .filter(({ key }) => (asked?.has(key) ?? true) && (changes.get(key) ?? null) === null)
    .map(requiredProblem);
}

/** That there is no field of a key, or none that the viewer may know of. */
export function unknownField(key: string): Problem {
  return { path: key, code: 'UNKNOWN_FIELD', message: sentence('没有这个字段', 'There is no such field') };
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Those of the users named by a submission who are active. */
export async function activeUsersIn(
  { manager }: Transactional<RequestContext>,
  raw: unknown,
  { fields }: FieldCatalogue,
): Promise<ReadonlySet<string>> {
  const values = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
  const named = fields
    .filter(({ key, type }) => type === 'USER' && Object.hasOwn(values, key))
    .map(({ key }) => values[key]);
  const ids = named.filter((id) => typeof id === 'string' && isUuid(id)) as string[];
  if (ids.length === 0) return new Set();
  const users = await manager.find(User, { where: { id: In(ids), active: true }, select: { id: true } });
  return new Set(users.map(({ id }) => id));
}
