import { sentence, type Problem } from '@kequn/rules';
import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { change } from '../platform/transaction.ts';
import { fieldCatalogue } from './catalogue.ts';
import { checkFieldInput } from './check-field-input.ts';
import { countOptions } from './customer-table.ts';
import { Field, shownType, type FieldInput, type FieldOption } from './field.ts';
import {
  checkedForField,
  noteFormula,
  problemsOfComputed,
  problemsOfEntered,
  requireReleasable,
  type ApplyFormula,
  type ChangedField,
} from './field-formula.ts';
import { keepFieldRule } from './field-rules.ts';
import { claimForEverybody, releaseForEverybody } from './identities.ts';
import { usagesOf } from './references.ts';
import { noteReadsOfVersions, rolesThatMayUse } from './restriction.ts';
import { requireMayShift } from './shifts.ts';

/** A field by key, to be changed: with a version, it must be the present one. Needs MANAGE_FIELDS. */
export async function fieldToChange(tx: Transactional<Context>, key: string, version?: number | null): Promise<Field> {
  await requireCapability(tx, 'MANAGE_FIELDS');
  const field = (await kept(tx, fieldCatalogue)).byKey.get(key);
  if (!field || (await rightsOf(tx)).accessTo(key) === 'HIDDEN') throw notFound();
  if (version !== undefined && version !== null && version !== field.version) {
    throw refused('CONFLICT', { currentVersion: field.version });
  }
  return field;
}

/** What is to be changed of a field, at the version that was read. */
export interface FieldUpdate extends FieldInput {
  readonly version?: number | null | undefined;
}

/**
 * Changes what people may change of a field; its key stays, and its type, which is another change. `options` replaces the list: one left out is archived while a customer
 * has it or a segment reads the field, else removed; by who does not see every customer always archived. Unique is made only by who does.
 *
 * Another formula computes everybody's values at once, or by a job among many customers, until whose end it stays the former one.
 *
 * @throws {Refused} NOT_FOUND, CONFLICT, VALIDATION_FAILED with every issue, RULE_INVALID, FIELD_FORBIDDEN, FORBIDDEN.
 */
export async function updateField(
  ctx: Context,
  key: string,
  { version, ...input }: FieldUpdate,
  apply: ApplyFormula,
): Promise<ChangedField> {
  return change(ctx, async (tx) => {
    const before = await fieldToChange(tx, key, version);
    const { settings, problems } = checkFieldInput(before.type, input, before);
    problems.push(...fixedProblems(before, input));
    problems.push(...(before.computed ? problemsOfComputed(input) : problemsOfEntered(input)));
    const formula = before.computed ? input.formula : undefined;
    const node = formula === undefined ? undefined : await checkedForField(tx, before, formula, problems);
    if (problems.length > 0) throw invalid(problems);
    if (settings.released && (!before.released || node)) await requireReleasable(tx, formula ?? before.formula);
    await requireReadable(tx, before, input);
    if (node) await requireMayShift(tx, 'field', key);
    if (input.options) settings.options.push(...(await optionsToKeep(tx, before, settings.options)));
    const after = Object.assign(new Field(), before, settings, { version: before.version + 1 });
    await tx.manager.save(Field, after);
    if (!after.computed) await keepFieldRule(tx, after);
    if (node) await noteFormula(tx, after, node);
    if (before.released && !after.released) await noteReadsOfVersions(tx.manager);
    await keepUnique(tx, before, after);
    await recordAudit(tx, {
      action: 'field.updated',
      target: `field:${key}`,
      changes: { from: publicPart(before), to: { ...publicPart(after), ...(node && { formula }) } },
    });
    return { field: after, job: node && (await apply(tx, { field: after, formula })) };
  });
}

/** Which options are in use, and whether customers share values, is told by what comes of changing these. */
async function requireReadable(
  tx: Transactional<Context>,
  field: Field,
  { unique, options }: FieldInput,
): Promise<void> {
  if ((unique || options) && !(await rightsOf(tx)).may(field.key, 'filter'))
    throw refused('FIELD_FORBIDDEN', { fields: [field.key] });
  if (unique && !field.unique && !(await readsOfAll(tx, field.key))) throw refused('FORBIDDEN');
}

/** Whether the viewer reads a field of every customer, not only of those in some scope. */
export async function readsOfAll(tx: Transactional<Context>, key: string): Promise<boolean> {
  return (await rolesThatMayUse(tx, { fields: [key] })).some(({ role }) => role.rowScope === null);
}

/** A field that becomes unique claims the values that customers have; where two have the same it cannot. */
async function keepUnique({ manager }: Transactional<Context>, before: Field, { key, unique }: Field): Promise<void> {
  if (before.unique && !unique) await releaseForEverybody(manager, key);
  if (before.unique || !unique) return;
  const shared = await claimForEverybody(manager, key);
  if (shared === 0) return;
  const message = sentence(
    `有 ${shared} 位客户的值与他人重复，不能设为唯一`,
    `${shared} customers have a value that another one has: it cannot be unique`,
  );
  throw invalid([{ path: 'unique', code: 'NOT_UNIQUE', message }]);
}

function fixedProblems(before: Field, input: FieldInput): Problem[] {
  const message = sentence('创建后不能更改', 'This cannot be changed after creation');
  const problems: Problem[] = [];
  if (input.key && input.key !== before.key) problems.push({ path: 'key', code: 'READ_ONLY', message });
  if (input.type && input.type !== shownType(before)) problems.push({ path: 'type', code: 'READ_ONLY', message });
  return problems;
}

async function optionsToKeep(
  tx: Transactional<Context>,
  before: Field,
  given: readonly FieldOption[],
): Promise<FieldOption[]> {
  const dropped = before.options.filter(({ key }) => !given.some((option) => option.key === key));
  if (dropped.length === 0) return [];
  // Whether one goes or stays would tell of customers whom the viewer does not see.
  if (!(await readsOfAll(tx, before.key))) return dropped.map((option) => ({ ...option, archived: true }));
  const counts = await countOptions(tx.manager, before);
  const isRead = (await usagesOf(tx.manager, [before.key])).length > 0;
  return dropped.filter(({ key }) => isRead || counts.has(key)).map((option) => ({ ...option, archived: true }));
}

/** What is recorded of the settings of a field. */
export function publicPart({
  label,
  labels,
  help,
  options,
  validation,
  required,
  unique,
  sensitive,
  formula,
  released,
}: Field) {
  return { label, labels, help, options, validation, required, unique, sensitive, formula, released };
}
