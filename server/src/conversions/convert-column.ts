import { isDeepStrictEqual } from 'node:util';
import { SqlParameters, type Value } from '@kequn/rules';
import { columnOf, formerColumnOf, writeComing, type ValueOf } from '../fields/customer-table.ts';
import { Field } from '../fields/field.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import type { Whom } from '../segments/rebuild/coming.ts';
import { convertAll, converter, type Conversion, type Convert, type FailedValue } from './convert-values.ts';
import type { FieldConversion, TypedSettings } from './field-conversion.ts';

/** A change of type that is being worked out. */
export interface Converting {
  /** That of the conversion it is to be. */
  readonly id: string;
  readonly before: Field;
  readonly after: Field;
  /** The earlier one that it undoes. */
  readonly undone: FieldConversion | null;
}

/** What a customer has, and what it was before the change that is undone. */
interface Held extends ValueOf {
  readonly former: Value;
}

/**
 * Writes what the values of some customers become beside what they have, and keeps what becomes nothing. The caller has locked their rows, or
 * holds G alone. It may be done again of the same ones. Gives what became of them, the newest customers first, who has no value among those
 * that convert.
 */
export async function convertColumn(
  tx: Transactional<RequestContext>,
  converting: Converting,
  whom: Whom,
): Promise<Conversion> {
  const { id, after } = converting;
  const held = await heldBy(tx, converting, whom);
  const conversion = convertAll(held, wayOf(tx, converting));
  const nothing = conversion.failed.map(({ customerId }) => ({ customerId, value: null }));
  await writeComing(tx.manager, after, [...conversion.converted, ...nothing]);
  const ids = held.map(({ customerId }) => customerId);
  await setAside(tx, { id, ids, failed: conversion.failed });
  return conversion;
}

async function heldBy(
  { manager }: Transactional<RequestContext>,
  { before, undone }: Converting,
  whom: Whom,
): Promise<readonly Held[]> {
  const parameters = new SqlParameters();
  const former = undone ? formerColumnOf(undone.id) : 'null';
  return manager.query<Held[]>(
    `select c.id as "customerId", ${former} as former, ${columnOf(before.key)} as value
       from customer c where ${whom(parameters)} order by c.id desc`,
    parameters.values,
  );
}

/** Whoever still has what the change made of their value gets that value again; everything else is converted. */
function wayOf({ database }: Transactional<RequestContext>, { before, after, undone }: Converting) {
  const convert = converter({ before, after, timeZone: database.timeZone });
  if (!undone) return ({ value }: Held) => convert(value);
  const there = converter({ ...asThen(before, undone), timeZone: undone.timeZone });
  return ({ former, value }: Held): ReturnType<Convert> => {
    const outcome = there(former);
    const made = outcome.ok ? outcome.value : null;
    return isDeepStrictEqual(value, made) ? { ok: true, value: former } : convert(value);
  };
}

/** The field as it was before the change, and as it was made. */
function asThen(field: Field, { from, to }: FieldConversion): { readonly before: Field; readonly after: Field } {
  const as = (settings: TypedSettings) => Object.assign(new Field(), field, settings);
  return { before: as(from), after: as(to) };
}

/** What was set aside under a change, of some customers. */
interface SetAside {
  readonly id: string;
  readonly ids: readonly string[];
  readonly failed: readonly FailedValue[];
}

async function setAside({ manager }: Transactional<RequestContext>, { id, ids, failed }: SetAside): Promise<void> {
  await manager.query('delete from field_conversion_value where conversion_id = $1 and customer_id = any($2::uuid[])', [
    id,
    ids,
  ]);
  await manager.query(
    `insert into field_conversion_value (conversion_id, customer_id, value)
     select $1, "customerId", "from" from jsonb_to_recordset($2::jsonb) as v ("customerId" uuid, "from" jsonb)`,
    [id, JSON.stringify(failed)],
  );
}
