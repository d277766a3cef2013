import { fieldTypes, valueTypes, SqlParameters, type FieldDefinition, type Value } from '@kequn/rules';
import type { EntityManager } from 'typeorm';
import { columnOf } from './customer-table.ts';

/**
 * The values of unique fields, `customer_identity`: whoever inserts a value first has it, whatever runs at the same time. A value stands
 * there as Postgres writes it, by one cast here and in the column, so that numbers and instants have one spelling.
 */

/** One value that a customer is to have alone. */
export interface Claim {
  readonly field: FieldDefinition;
  /** In normal form; null: the customer gives up what it had. */
  readonly value: Value;
}

/** Gives a customer these values and takes its former ones of the same fields. Gives the fields whose value another customer has. */
export async function claimIdentities(
  manager: EntityManager,
  customerId: string,
  claims: readonly Claim[],
): Promise<readonly FieldDefinition[]> {
  if (claims.length === 0) return [];
  await manager.query(`delete from customer_identity where customer_id = $1 and field_key = any($2::text[])`, [
    customerId,
    claims.map(({ field }) => field.key),
  ]);
  const held = claims.filter(({ value }) => value !== null);
  if (held.length === 0) return [];
  const parameters = new SqlParameters();
  const id = parameters.add(customerId);
  const rows = held.map(
    (claim) => `(${parameters.add(claim.field.key)}::text, ${written(claim, parameters)}, ${id}::uuid)`,
  );
  // One order for all: two customers that claim each other's values then wait instead of deadlocking.
  const taken = await manager.query<{ field_key: string }[]>(
    `insert into customer_identity (field_key, value, customer_id)
     select * from (values ${rows.join(', ')}) claim order by 1, 2
     on conflict do nothing returning field_key`,
    parameters.values,
  );
  const got = new Set(taken.map(({ field_key: key }) => key));
  return held.map(({ field }) => field).filter(({ key }) => !got.has(key));
}

/** Whether another customer than the one excepted has a value. */
export async function isTaken(manager: EntityManager, claim: Claim, exceptId: string | null): Promise<boolean> {
  const parameters = new SqlParameters();
  const rows = await manager.query<unknown[]>(
    `select 1 from customer_identity
      where field_key = ${parameters.add(claim.field.key)} and value = ${written(claim, parameters)}
        and customer_id is distinct from ${parameters.add(exceptId)}::uuid`,
    parameters.values,
  );
  return rows.length > 0;
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

/** Takes from customers what they have in these unique fields, or in all of them. */
export async function releaseIdentities(
  manager: EntityManager,
  customerIds: readonly string[],
  keys: readonly string[] | null = null,
): Promise<void> {
  await manager.query(
    'delete from customer_identity where customer_id = any($1::uuid[]) and ($2::text[] is null or field_key = any($2::text[]))',
    [customerIds, keys],
  );
}

/** Lets customers share values of a field again. */
export async function releaseForEverybody(manager: EntityManager, key: string): Promise<void> {
  await manager.query('delete from customer_identity where field_key = $1', [key]);
}

function written({ field, value }: Claim, parameters: SqlParameters): string {
  return `${parameters.add(value)}::${valueTypes[fieldTypes[field.type].valueType].sqlType}::text`;
}
