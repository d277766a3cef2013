import { In } from 'typeorm';
import { checkValue, requiredProblem, sentence, type Json, type Problem, type Value } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import type { Rights } from '../access/gate.ts';
import { User } from '../access/user.ts';
import type { Context } from '../access/viewer.ts';
import { maskedValue } from '../access/mask.ts';
import type { FieldCatalogue } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import type { Transactional } from '../platform/context.ts';
import { isUuid } from '../platform/uuid.ts';
import { invalid, refused } from '../platform/refused.ts';
import { shownValue } from './show-customer.ts';

/** What is known when a submission is checked. */
export interface SubmissionContext {
  readonly catalogue: FieldCatalogue;
  readonly rights: Rights;
  /** Those of the users named in the submission who are active. */
  readonly activeUsers: ReadonlySet<string>;
  /** The stored values; undefined for a new customer. */
  readonly before?: Readonly<Record<string, Value>> | undefined;
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
  return { changes, problems };
}

interface Findings {
  readonly problems: Problem[];
  readonly forbidden: string[];
  readonly changes: Map<string, Value>;
}

function takeValue(field: Field, raw: Json, context: SubmissionContext, findings: Findings): void {
  const { before, rights } = context;
  const stored = before?.[field.key] ?? null;
  const writable = rights.may(field.key, 'write');
  if (!writable && !field.computed) {
    // What was shown, written back, changes nothing and is no error. Nothing else is compared: that would tell whether a guess is right.
    const shown = rights.accessTo(field.key) === 'MASKED' ? maskedValue(field.type, stored) : shownValue(field, stored);
    if (!sameJson(raw, shown)) findings.forbidden.push(field.key);
    return;
  }
  const checked = checkValue(field, raw, checkTools);
  if (!checked.ok) findings.problems.push(...checked.problems);
  else if (!sameJson(checked.value, stored)) takeChange(field, checked.value, context, findings);
}

function takeChange(
  field: Field,
  value: Value,
  { before, activeUsers }: SubmissionContext,
  { problems, changes }: Findings,
): void {
  if (value === null && field.required && before) problems.push(requiredProblem(field));
  if (field.type === 'USER' && value !== null && !activeUsers.has(String(value))) {
    const message = sentence('没有这个在职用户', 'There is no such active user');
    problems.push({ path: field.key, code: 'INVALID', message });
  }
  const kept = new Set(keysOf(before?.[field.key] ?? null));
  const added = new Set(keysOf(value).filter((key) => !kept.has(key)));
  if (field.options.some(({ key, archived }) => archived && added.has(key))) {
    problems.push({
      path: field.key,
      code: 'NOT_AN_OPTION',
      message: sentence('这个选项已停用', 'This option is no longer offered'),
    });
  }
  changes.set(field.key, value);
}

/** The option keys that a value holds. */
function keysOf(value: Value): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
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

/** Those of the users named by a submission who are active. */
export async function activeUsersIn(
  { manager }: Transactional<Context>,
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
