import { sentence, type Problem, type Sentence } from '@kequn/rules';
import { noteReads } from '../access-log/note-reads.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { columnOf, startColumnAnew } from '../fields/customer-table.ts';
import { Field } from '../fields/field.ts';
import { keepFieldRule } from '../fields/field-rules.ts';
import { requireMayShift } from '../fields/shifts.ts';
import { publicPart, type FieldUpdate } from '../fields/update-field.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { invalid, refused } from '../platform/refused.ts';
import { alterTables } from '../platform/transaction.ts';
import { newId } from '../platform/uuid.ts';
import { convertAll, converter, filledValues, type Conversion, type FailedValue } from './convert-values.ts';
import { fieldAs, isOfAnotherType } from './field-as.ts';
import { FieldConversion, typedSettings } from './field-conversion.ts';
import { fieldToConvert, requireFewCustomers } from './field-to-convert.ts';
import { readNotes } from './read-notes.ts';
import { followColumn, noteConversion, writeAll } from './store-conversion.ts';
import { requireNothingBroken } from './usages-broken-by.ts';

/**
 * Makes a field one of another type, with its values: each becomes the same thing of that type. Values of which nothing becomes are told and
 * stand in the way, unless it is forced: then they are set aside and the customers have none. What customers had is kept for a while, so that
 * it can be undone. All of it is one transaction, during which nobody writes.
 *
 * @throws {Refused} as `updateField`; IN_USE with the rules that would be none any more; FORBIDDEN to who does not read the field of everybody,
 * or may not give what scopes decide by it; LIMIT_EXCEEDED among many customers.
 */
export async function convertField(
  ctx: Context,
  key: string,
  { version, ...input }: FieldUpdate,
  { force }: { readonly force: boolean },
): Promise<Field> {
  return alterTables(ctx, async (tx) => {
    const before = await fieldToConvert(tx, key, version);
    // Somebody else has made it so meanwhile.
    if (!isOfAnotherType(before, input)) throw refused('CONFLICT', { currentVersion: before.version });
    const { field: after, problems } = fieldAs(before, input);
    if (problems.length > 0) throw invalid(problems);
    await requireMayShift(tx, 'field', key);
    await requireNothingBroken(tx, after);
    await requireFewCustomers(tx);
    const values = await filledValues(tx.manager, columnOf(key));
    const change = { before, after, timeZone: tx.database.timeZone };
    const conversion = convertAll(values, converter(change));
    if (conversion.failed.length > 0 && !force) throw await notAll(tx, before, conversion);
    await store(tx, { before, after, conversion });
    return after;
  });
}

/** What a change of type comes to. */
interface Converted {
  readonly before: Field;
  readonly after: Field;
  readonly conversion: Conversion;
}

async function store(tx: Transactional<Context>, { before, after, conversion }: Converted): Promise<void> {
  const { converted, failed } = conversion;
  const noted = Object.assign(new FieldConversion(), {
    id: newId(),
    fieldKey: after.key,
    from: typedSettings(before),
    to: typedSettings(after),
    timeZone: tx.database.timeZone,
    at: await tx.clock.now(tx.manager),
    by: tx.viewer.user.id,
    converted: converted.length,
    setAside: failed.length,
    undoes: null,
    undoneAt: null,
    droppedAt: null,
  });
  await noteConversion(tx, noted, failed);
  await tx.manager.save(Field, after);
  await startColumnAnew(tx.manager, after, noted.id);
  await writeAll(tx, after, converted);
  await keepFieldRule(tx, after);
  await followColumn(tx, before, after);
  await recordAudit(tx, {
    action: 'field.converted',
    target: `field:${after.key}`,
    changes: {
      from: { type: before.type, ...publicPart(before) },
      to: { type: after.type, ...publicPart(after) },
      converted: converted.length,
      setAside: failed.length,
    },
  });
}

/** That not all values convert: how many, and some of them, which is noted as a read. */
async function notAll(tx: Transactional<Context>, field: Field, { converted, failed }: Conversion) {
  const samples = failed.slice(0, limits.sample);
  await noteReads(tx, readNotes('preview', field, samples));
  const all = converted.length + failed.length;
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
