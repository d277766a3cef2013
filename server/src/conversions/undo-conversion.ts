import { isDeepStrictEqual } from 'node:util';
import { sentence, type Value } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { columnOf, formerColumnOf, takeColumnBack, type ValueOf } from '../fields/customer-table.ts';
import { Field } from '../fields/field.ts';
import { keepFieldRule } from '../fields/field-rules.ts';
import { requireMayShift } from '../fields/shifts.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import { alterTables } from '../platform/transaction.ts';
import { newId } from '../platform/uuid.ts';
import { converter, type Convert } from './convert-values.ts';
import { FieldConversion, typedSettings, type TypedSettings } from './field-conversion.ts';
import { fieldToConvert, requireFewCustomers } from './field-to-convert.ts';
import { findConversion, isUndoable } from './find-conversion.ts';
import { followColumn, noteConversion, writeAll, type SetAside } from './store-conversion.ts';
import { requireNothingBroken } from './usages-broken-by.ts';

/**
 * Makes a field what it was before its last change of type. Whoever still has what the change made of their value has that value again, set
 * aside ones too; what was entered since is converted back, or set aside where nothing becomes of it. It is a change of type itself, so it
 * can be undone.
 *
 * @throws {Refused} NOT_FOUND, FORBIDDEN, FIELD_FORBIDDEN; VALIDATION_FAILED once it is too late; IN_USE with the rules that would be none any
 * more; LIMIT_EXCEEDED among many customers.
 */
export async function undoConversion(ctx: Context, id: string): Promise<Field> {
  return alterTables(ctx, async (tx) => {
    const undone = await findConversion(tx, id);
    const before = await fieldToConvert(tx, undone.fieldKey);
    if (!(await isUndoable(tx, undone))) throw invalid([{ path: 'id', code: 'INVALID', message: tooLate }]);
    const after = Object.assign(new Field(), before, undone.from, { version: before.version + 1 });
    await requireMayShift(tx, 'field', after.key);
    await requireNothingBroken(tx, after);
    await requireFewCustomers(tx);
    const back = await waysBack(tx, undone, { before, after });
    await store(tx, { undone, before, after, back });
    return after;
  });
}

const tooLate = sentence(
  '这次更改已经不能撤销：已超过 30 天，或之后又改过类型',
  'This change cannot be undone any more: it is more than 30 days old, or the type was changed again since',
);

/** What comes of the present values. */
interface WaysBack {
  /** What differs from what customers had before. */
  readonly others: readonly ValueOf[];
  /** Values entered since of which nothing becomes. */
  readonly setAside: readonly SetAside[];
  /** How many have a value at the end. */
  readonly filled: number;
}

/** A value before the change that is undone, and the present one. */
interface Pair {
  readonly customerId: string;
  readonly former: Value;
  readonly present: Value;
}

async function waysBack(
  { manager, database }: Transactional<Context>,
  undone: FieldConversion,
  { before, after }: { readonly before: Field; readonly after: Field },
): Promise<WaysBack> {
  const [former, present] = [formerColumnOf(undone.id), columnOf(before.key)];
  const pairs = await manager.query<Pair[]>(
    `select c.id as "customerId", ${former} as former, ${present} as present from customer c
      where ${former} is not null or ${present} is not null order by c.id`,
  );
  const there = converter({ ...asThen(before, undone), timeZone: undone.timeZone });
  const back = converter({ before, after, timeZone: database.timeZone });
  const others: ValueOf[] = [];
  const setAside: SetAside[] = [];
  for (const pair of pairs) {
    const { customerId } = pair;
    if (isDeepStrictEqual(pair.present, madeOf(pair.former, there))) continue;
    const value = madeOf(pair.present, back);
    others.push({ customerId, value });
    if (value === null && pair.present !== null) setAside.push({ customerId, from: pair.present });
  }
  const emptied = others.filter(({ value }) => value === null).length;
  return { others, setAside, filled: pairs.length - emptied };
}

/** The field as it was before the change, and as it was made. */
function asThen(field: Field, { from, to }: FieldConversion): { readonly before: Field; readonly after: Field } {
  const as = (settings: TypedSettings) => Object.assign(new Field(), field, settings);
  return { before: as(from), after: as(to) };
}

function madeOf(value: Value, convert: Convert): Value {
  const outcome = convert(value);
  return outcome.ok ? outcome.value : null;
}

/** An undoing that is about to be written. */
interface Undoing {
  readonly undone: FieldConversion;
  readonly before: Field;
  readonly after: Field;
  readonly back: WaysBack;
}

async function store(tx: Transactional<Context>, { undone, before, after, back }: Undoing): Promise<void> {
  const at = await tx.clock.now(tx.manager);
  const conversion = Object.assign(new FieldConversion(), {
    id: newId(),
    fieldKey: after.key,
    from: typedSettings(before),
    to: typedSettings(after),
    timeZone: tx.database.timeZone,
    at,
    by: tx.viewer.user.id,
    converted: back.filled,
    setAside: back.setAside.length,
    undoes: undone.id,
    undoneAt: null,
    droppedAt: null,
  });
  await noteConversion(tx, conversion, back.setAside);
  await tx.manager.save(FieldConversion, Object.assign(undone, { undoneAt: at, droppedAt: at }));
  await giveBack(tx, undone, back);
  await tx.manager.save(Field, after);
  await takeColumnBack(tx.manager, after, { undone: undone.id, conversionId: conversion.id });
  await writeAll(tx, after, back.others);
  await keepFieldRule(tx, after);
  await followColumn(tx, before, after);
  await recordAudit(tx, {
    action: 'field.conversionUndone',
    target: `field:${after.key}`,
    changes: {
      from: { type: before.type },
      to: { type: after.type },
      converted: back.filled,
      setAside: back.setAside.length,
    },
  });
}

/** What customers have again is set aside no more; of whoever was given another value since, it stays. */
async function giveBack({ manager }: Transactional<Context>, { id }: FieldConversion, { others }: WaysBack) {
  await manager.query(
    `with given as (
       delete from field_conversion_value v
        where v.conversion_id = $1 and not exists (select from unnest($2::uuid[]) other (id) where other.id = v.customer_id)
       returning 1)
     update field_conversion set set_aside = set_aside - (select count(*) from given) where id = $1`,
    [id, others.map(({ customerId }) => customerId)],
  );
}
