import { fieldTypes, valueTypes, SqlParameters, type FieldDefinition, type Value } from '@kequn/rules';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/uuid.ts';
import { columnOf } from './customer-table.ts';

/**
 * The values of unique fields, `customer_identity`: whoever inserts a value first has it, whatever runs at the same time. A value stands
 * there as Postgres writes it, by one cast here and in the column, so that numbers and instants have one spelling. A customer whose value
 * another one has already, whom the writer does not see, stands in `customer_duplicate` until one of them gives it up.
 */

/** One value that a customer is to have alone. */
export interface Claim {
  readonly field: FieldDefinition;
  /** In normal form; null: the customer gives up what it had. */
  readonly value: Value;
}

/** A claim that came too late, with those who have the value. */
export interface TakenClaim {
  readonly claim: Claim;
  readonly customerIds: readonly string[];
}

/** Gives a customer these values and takes its former ones of the same fields. Gives the claims whose value another customer has. */
export async function claimIdentities(
  manager: EntityManager,
  customerId: string,
  claims: readonly Claim[],
): Promise<readonly TakenClaim[]> {
  if (claims.length === 0) return [];
  const released = await release(
    manager,
    [customerId],
    claims.map(({ field }) => field.key),
  );
  const taken = await claim(
    manager,
    customerId,
    claims.filter(({ value }) => value !== null),
  );
  await passOn(manager, released);
  return taken;
}

async function claim(
  manager: EntityManager,
  customerId: string,
  claims: readonly Claim[],
): Promise<readonly TakenClaim[]> {
  if (claims.length === 0) return [];
  const parameters = new SqlParameters();
  const rows = writtenRows(claims, parameters);
  const id = parameters.add(customerId);
  // One order for all: two customers that claim each other's values then wait instead of deadlocking.
  const given = await manager.query<{ field_key: string }[]>(
    `insert into customer_identity (field_key, value, customer_id)
     select field_key, value, ${id}::uuid from (values ${rows}) claim (field_key, value) order by 1, 2
     on conflict do nothing returning field_key`,
    parameters.values,
  );
  const got = new Set(given.map(({ field_key: key }) => key));
  const late = claims.filter(({ field }) => !got.has(field.key));
  const holders = await holdersOf(manager, late, 'for share');
  const taken = late.map((each) => ({ claim: each, customerIds: holders.get(each.field.key) ?? [] }));
  // Given up since it was asked for.
  const free = taken.filter(({ customerIds }) => customerIds.length === 0).map((each) => each.claim);
  return [...taken.filter(({ customerIds }) => customerIds.length > 0), ...(await claim(manager, customerId, free))];
}

/** Who has each of these values, by the key of its field: first whoever had it first. Locked, none of them gives it up meanwhile. */
async function holdersOf(
  manager: EntityManager,
  claims: readonly Claim[],
  lock: 'for share' | '' = '',
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (claims.length === 0) return new Map();
  const parameters = new SqlParameters();
  const rows = writtenRows(claims, parameters);
  const first = await manager.query<{ key: string; id: string }[]>(
    `select i.field_key as key, i.customer_id as id
       from customer_identity i join (values ${rows}) asked (field_key, value) using (field_key, value) ${lock && 'for share of i'}`,
    parameters.values,
  );
  const others = await manager.query<{ key: string; id: string }[]>(
    `select d.field_key as key, d.customer_id as id
       from customer_duplicate d join (values ${rows}) asked (field_key, value) using (field_key, value)`,
    parameters.values,
  );
  return new Map(
    first.map(({ key, id }) => [key, [id, ...others.filter((each) => each.key === key).map((each) => each.id)]]),
  );
}

/** The customers that have a value of a unique field. */
export async function customersWith(manager: EntityManager, asked: Claim): Promise<readonly string[]> {
  return (await holdersOf(manager, [asked])).get(asked.field.key) ?? [];
}

/** Notes that a customer has these values beside others. */
export async function noteDuplicates(
  manager: EntityManager,
  customerId: string,
  { claims, at }: { readonly claims: readonly Claim[]; readonly at: string },
): Promise<void> {
  if (claims.length === 0) return;
  const parameters = new SqlParameters();
  const rows = claims.map((each) => `(${parameters.add(newId())}::uuid, ${writtenRow(each, parameters)})`);
  await manager.query(
    `insert into customer_duplicate (id, field_key, value, customer_id, found_at)
     select id, field_key, value, ${parameters.add(customerId)}::uuid, ${parameters.add(at)}::timestamptz
       from (values ${rows.join(', ')}) found (id, field_key, value)`,
    parameters.values,
  );
}

/** Makes the present values of a field unique. Gives how many customers share theirs with another; then nothing may be committed. */
export async function claimForEverybody(manager: EntityManager, key: string): Promise<number> {
  const column = columnOf(key);
  const [row] = await manager.query<{ shared: number }[]>(
    `with claimed as (
       insert into customer_identity (field_key, value, customer_id)
       select $1, ${column}::text, c.id from customer c where ${column} is not null
       on conflict do nothing returning 1)
     select (select count(*) from customer c where ${column} is not null) - (select count(*) from claimed) as shared`,
    [key],
  );
  return row?.shared ?? 0;
}

/**
 * Makes the values of a unique field its customers' alone again after all of them have changed. Those who were allowed to share one stay
 * allowed to. Gives how many of the others share theirs; then nothing may be committed.
 */
export async function claimAnew(manager: EntityManager, key: string): Promise<number> {
  const column = columnOf(key);
  const sharing = `(select array_agg(d.customer_id) from customer_duplicate d where d.field_key = $1)`;
  const alone = `${column} is not null and c.id <> all(coalesce(${sharing}, '{}'))`;
  const written = `${column}::text collate "C"`;
  await manager.query(
    `delete from customer_identity i using customer c
      where i.field_key = $1 and c.id = i.customer_id and (${column} is null or ${written} <> i.value)`,
    [key],
  );
  // Whose value is written as before keeps it: among very many most do.
  const [row] = await manager.query<{ shared: number }[]>(
    `with kept as materialized (select customer_id from customer_identity where field_key = $1),
     claimed as (
       insert into customer_identity (field_key, value, customer_id)
       select $1, ${written}, c.id from customer c where ${alone} and not exists (select from kept where kept.customer_id = c.id)
       on conflict do nothing returning 1)
     select (select count(*) from customer c where ${alone}) - (select count(*) from kept) - (select count(*) from claimed) as shared`,
    [key],
  );
  await manager.query(
    `delete from customer_duplicate d using customer c where d.field_key = $1 and c.id = d.customer_id and ${column} is null`,
    [key],
  );
  await manager.query(
    `update customer_duplicate d set value = ${column}::text from customer c where d.field_key = $1 and c.id = d.customer_id`,
    [key],
  );
  const values = await manager.query<StoredValue[]>(
    'select distinct field_key as key, value from customer_duplicate where field_key = $1',
    [key],
  );
  await passOn(manager, values);
  return row?.shared ?? 0;
}

/** Takes from customers what they have in these unique fields, or in all of them. */
export async function releaseIdentities(
  manager: EntityManager,
  customerIds: readonly string[],
  keys: readonly string[] | null = null,
): Promise<void> {
  await passOn(manager, await release(manager, customerIds, keys));
}

/** Lets customers share values of a field again. */
export async function releaseForEverybody(manager: EntityManager, key: string): Promise<void> {
  await manager.query('delete from customer_duplicate where field_key = $1', [key]);
  await manager.query('delete from customer_identity where field_key = $1', [key]);
}

/** A value as it is stored. */
interface StoredValue {
  readonly key: string;
  readonly value: string;
}

/** Gives what the customers had alone and have no more. Duplicates go first: whoever passes a value on to one of them is then waited for. */
async function release(
  manager: EntityManager,
  customerIds: readonly string[],
  keys: readonly string[] | null,
): Promise<readonly StoredValue[]> {
  const of = 'where customer_id = any($1::uuid[]) and ($2::text[] is null or field_key = any($2::text[]))';
  await manager.query(`delete from customer_duplicate ${of}`, [customerIds, keys]);
  const [released] = await manager.query<[StoredValue[], number]>(
    `delete from customer_identity ${of} returning field_key as key, value`,
    [customerIds, keys],
  );
  return released;
}

/** Gives values that are free again to the first of those who have them beside. */
async function passOn(manager: EntityManager, released: readonly StoredValue[]): Promise<void> {
  if (released.length === 0) return;
  await manager.query(
    `with waiting as materialized (
       select d.* from customer_duplicate d
         join unnest($1::text[], $2::text[]) as free (field_key, value) using (field_key, value)
        order by d.id for update of d),
     given as (
       insert into customer_identity (field_key, value, customer_id)
       select distinct on (field_key, value) field_key, value, customer_id from waiting order by field_key, value, id
       on conflict do nothing returning field_key, customer_id)
     delete from customer_duplicate d using given
      where d.field_key = given.field_key and d.customer_id = given.customer_id`,
    [released.map(({ key }) => key), released.map(({ value }) => value)],
  );
}

function writtenRows(claims: readonly Claim[], parameters: SqlParameters): string {
  return claims.map((each) => `(${writtenRow(each, parameters)})`).join(', ');
}

function writtenRow({ field, value }: Claim, parameters: SqlParameters): string {
  const { sqlType } = valueTypes[fieldTypes[field.type].valueType];
  return `${parameters.add(field.key)}::text collate "C", ${parameters.add(value)}::${sqlType}::text collate "C"`;
}
