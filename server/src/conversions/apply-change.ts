import { sentence, type Problem, type Sentence } from '@kequn/rules';
import { noteReads } from '../access-log/note-reads.ts';
import type { Context } from '../access/viewer.ts';
import { startComingColumn, swapComingColumns } from '../fields/customer-table.ts';
import type { Field } from '../fields/field.ts';
import type { ChangedField } from '../fields/field-formula.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { invalid } from '../platform/refused.ts';
import { newId } from '../platform/uuid.ts';
import { evaluateField } from '../segments/evaluate-formulas.ts';
import { nextCustomers } from '../segments/rebuild/pages.ts';
import { rebuildsOfFields, type TypeChange } from '../segments/rebuild/rebuild.ts';
import { isForAJob, startRebuild } from '../segments/rebuild/start-rebuild.ts';
import { checkedChange } from './checked-change.ts';
import { convertColumn, type Converting } from './convert-column.ts';
import type { Conversion, FailedValue } from './convert-values.ts';
import { indexColumn } from './index-column.ts';
import { putType } from './put-type.ts';
import { readNotes } from './read-notes.ts';

/** Customers that are made found at a time. */
const INDEXED_AT_ONCE = 2_000;

/**
 * Makes a field one of another type in the change that the caller began, which alters tables; among many customers by the job that it gives,
 * until whose end the field stays what it is.
 *
 * @throws {Refused} as `checkedChange`; VALIDATION_FAILED where values do not convert, or a job changes the field already.
 */
export async function applyChange(tx: Transactional<Context>, change: TypeChange): Promise<ChangedField> {
  const checked = await checkedChange(tx, change);
  await requireNoJob(tx, checked.before, 'type');
  if (await isForAJob(tx)) return { field: checked.before, job: await startRebuild(tx, change) };
  return { field: await convertAtOnce(tx, { id: newId(), ...checked }, change) };
}

/**
 * Refuses a change of a field that a job is changing.
 *
 * @throws {Refused} VALIDATION_FAILED.
 */
export async function requireNoJob(tx: Transactional<Context>, { key }: Field, path: string): Promise<void> {
  if ((await rebuildsOfFields(tx, [key])).has(key)) throw invalid([{ path, code: 'INVALID', message: busy }]);
}

const busy = sentence(
  '这个字段的上一次更改还在进行中，请等它完成，或先取消它',
  'The field is still being changed: wait for the end of that, or cancel it',
);

async function convertAtOnce(tx: Transactional<Context>, converting: Converting, change: TypeChange): Promise<Field> {
  const { before, after } = converting;
  await startComingColumn(tx.manager, after);
  const conversion = await convertColumn(tx, converting, () => 'true');
  if (conversion.failed.length > 0 && !change.force) throw await notAll(tx, before, conversion);
  await swapComingColumns(tx.manager, [after.key]);
  await putType(tx, converting);
  let reached: string | null = null;
  for (let page = await nextCustomers(tx, null, INDEXED_AT_ONCE); page;) {
    await indexColumn(tx, after, { after: reached, to: page.to });
    reached = page.to;
    page = await nextCustomers(tx, reached, INDEXED_AT_ONCE);
  }
  await evaluateField(tx, after.key, await tx.clock.now(tx.manager));
  return after;
}

/** That not all values convert: how many, and some of them, which is noted as a read. */
async function notAll(tx: Transactional<Context>, field: Field, { converted, failed }: Conversion) {
  const samples = failed.slice(0, limits.sample);
  await noteReads(tx, readNotes('preview', field, samples));
  const all = converted.filter(({ value }) => value !== null).length + failed.length;
  const message = sentence(
    `${all} 个值中有 ${failed.length} 个不能转换`,
    `${failed.length} of ${all} values do not convert`,
  );
  return invalid([{ path: 'type', code: 'INVALID', message }, ...samples.map(issueOf)]);
}

function issueOf({ from, problems }: FailedValue, index: number): Problem {
  const [problem] = problems;
  const text = Array.isArray(from) ? from.join('、') : String(from);
  const told = [...text].length > 100 ? `${[...text].slice(0, 100).join('')}…` : text;
  const said = ({ 'zh-CN': zh, en }: Sentence) => sentence(`“${told}”：${zh}`, `“${told}”: ${en}`);
  return { path: `samples/${index}`, code: problem!.code, message: said(problem!.message) };
}
