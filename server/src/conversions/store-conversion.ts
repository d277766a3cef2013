import type { Value } from '@kequn/rules';
import { sentence } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { forgetFieldForSearch, indexForSearch } from '../fields/customer-search.ts';
import { columnOf, writeValues, type ValueOf } from '../fields/customer-table.ts';
import type { Field } from '../fields/field.ts';
import { claimAnew, claimForEverybody, releaseForEverybody } from '../fields/identities.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import { evaluateField } from '../segments/evaluate-formulas.ts';
import { liveRules } from '../segments/live-rules.ts';
import { filledValues } from './convert-values.ts';
import { FieldConversion } from './field-conversion.ts';

/** Values that one statement writes. */
const AT_ONCE = 2_000;

/** Writes values of a field, some at a time. */
export async function writeAll(tx: Transactional<Context>, field: Field, values: readonly ValueOf[]): Promise<void> {
  for (let from = 0; from < values.length; from += AT_ONCE)
    await writeValues(tx.manager, field, values.slice(from, from + AT_ONCE));
}

/** Values that are kept beside what customers have. */
export interface SetAside {
  readonly customerId: string;
  readonly from: Value;
}

/** Notes that a field became of another type, and keeps what did not become anything of it. */
export async function noteConversion(
  { manager }: Transactional<Context>,
  conversion: FieldConversion,
  setAside: readonly SetAside[],
): Promise<void> {
  await manager.save(FieldConversion, conversion);
  for (let from = 0; from < setAside.length; from += AT_ONCE)
    await manager.query(
      `insert into field_conversion_value (conversion_id, customer_id, value)
       select $1, "customerId", "from" from jsonb_to_recordset($2::jsonb) as v ("customerId" uuid, "from" jsonb)`,
      [conversion.id, JSON.stringify(setAside.slice(from, from + AT_ONCE))],
    );
}

/**
 * Makes right, for everybody, what goes by the values of a field that has become another one and whose column is written: unique values, what
 * customers are found by, formulas, memberships. The caller holds G exclusive.
 *
 * @throws {Refused} VALIDATION_FAILED where customers would share a value that each is to have alone.
 */
export async function followColumn(tx: Transactional<Context>, before: Field, after: Field): Promise<void> {
  for (const what of [fieldCatalogue, liveRules]) tx.ruleSet.values.delete(what);
  await claimValues(tx, before, after);
  await indexAnew(tx, after);
  await evaluateField(tx, after.key, await tx.clock.now(tx.manager));
}

async function claimValues({ manager }: Transactional<Context>, before: Field, { key, unique }: Field): Promise<void> {
  if (before.unique && !unique) await releaseForEverybody(manager, key);
  if (!unique) return;
  const shared = await (before.unique ? claimAnew(manager, key) : claimForEverybody(manager, key));
  if (shared === 0) return;
  const message = sentence(
    `转换后有 ${shared} 位客户的值与他人重复，不能设为唯一`,
    `Once converted, ${shared} customers have a value that another one has: it cannot be unique`,
  );
  throw invalid([{ path: 'unique', code: 'NOT_UNIQUE', message }]);
}

async function indexAnew({ manager }: Transactional<Context>, field: Field): Promise<void> {
  await forgetFieldForSearch(manager, field.key);
  const values = await filledValues(manager, columnOf(field.key));
  const searched = values.map(({ customerId, value }) => ({ customerId, values: new Map([[field.key, value]]) }));
  for (let from = 0; from < searched.length; from += AT_ONCE)
    await indexForSearch(manager, [field], searched.slice(from, from + AT_ONCE));
}
