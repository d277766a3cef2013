import { fieldTypes, sentence, type Problem } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { countOptions } from '../fields/customer-table.ts';
import { Field } from '../fields/field.ts';
import { rolesThatMayUse } from '../fields/restriction.ts';
import type { Job } from '../jobs/job.ts';
import { startJob } from '../jobs/start-job.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, refused } from '../platform/refused.ts';
import { change } from '../platform/transaction.ts';
import { fieldToConvert, requireNoRebuild } from './field-to-convert.ts';
import { requireNothingBroken } from './usages-broken-by.ts';

/** The kind of the job. */
export const REPLACE_OPTION = 'fields.replaceOption';

/** What becomes of an option. */
export interface Replacement {
  /** The key of the field. */
  readonly key: string;
  /** The key of the option. */
  readonly option: string;
  /** The key of the option that its customers have from then on; null: none. */
  readonly into: string | null;
}

/**
 * Gives another option of a choice field, or none, to all customers who have one, by a job that saves them as anybody would, and then
 * removes that one. It is archived at once, so that nobody newly chooses it. Needs MANAGE_FIELDS, and a role that writes the field of every
 * customer.
 *
 * @throws {Refused} NOT_FOUND, FORBIDDEN, FIELD_FORBIDDEN; VALIDATION_FAILED where one of the options is none; IN_USE with the rules that name
 * the option.
 */
export async function replaceOption(ctx: Context, replacement: Replacement): Promise<Job> {
  return change(ctx, async (tx) => {
    const { key, option, into } = replacement;
    const field = await fieldToConvert(tx, key);
    await requireWritingAll(tx, key);
    const problems = problemsOf(field, replacement);
    if (problems.length > 0) throw invalid(problems);
    await requireNoRebuild(tx, 'option');
    await requireNothingBroken(tx, withoutOption(field, option));
    const options = field.options.map((each) => (each.key === option ? { ...each, archived: true } : each));
    await tx.manager.save(Field, Object.assign(new Field(), field, { options, version: field.version + 1 }));
    const changes = { option, with: into };
    await recordAudit(tx, { action: 'field.optionReplaced', target: `field:${key}`, changes });
    const total = (await countOptions(tx.manager, field)).get(option) ?? 0;
    return startJob(tx, { kind: REPLACE_OPTION, input: replacement, total });
  });
}

/**
 * Asks for a role that writes a field of every customer.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireWritingAll(tx: Transactional<Context>, key: string): Promise<void> {
  const writing = await rolesThatMayUse(tx, { fields: [key] }, 'write');
  if (!writing.some(({ role }) => role.rowScope === null)) throw refused('FORBIDDEN');
}

/** A choice field that lacks one of its options. */
export function withoutOption(field: Field, option: string): Field {
  const options = field.options.filter(({ key }) => key !== option);
  return Object.assign(new Field(), field, { options, version: field.version + 1 });
}

function problemsOf({ type, options, computed, unique, required }: Field, { option, into }: Replacement): Problem[] {
  const isChoice = !computed && ['OPTION', 'OPTIONS'].includes(fieldTypes[type].valueType);
  const isKnown = (key: string) => isChoice && options.some((each) => each.key === key);
  const problems: Problem[] = isKnown(option) ? [] : [{ path: 'option', code: 'NOT_AN_OPTION', message: noOption }];
  if (into === null) {
    if (required && type === 'SELECT') problems.push({ path: 'with', code: 'REQUIRED', message: needed });
    return problems;
  }
  const isThere = isKnown(into) && into !== option && options.some(({ key, archived }) => key === into && !archived);
  if (!isThere) problems.push({ path: 'with', code: 'NOT_AN_OPTION', message: noOption });
  if (unique) problems.push({ path: 'with', code: 'NOT_UNIQUE', message: alone });
  return problems;
}

const needed = sentence(
  '此字段必填，请选择替换成的选项',
  'The field is required: choose the option to be put in its place',
);
const noOption = sentence('没有这个选项', 'There is no such option');
const alone = sentence('不能给多位客户同一个唯一值', 'Several customers cannot have the same unique value');
