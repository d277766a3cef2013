import { fieldTypes, isSystemField, type Row, type SqlTarget, type Value } from '@kequn/rules';
import type { SqlParameters } from '@kequn/rules';
import type { EntityManager } from 'typeorm';
import type { Field } from './field.ts';

/**
 * The one module that knows how values lie in the table `customer`: a column `f_<key>` of a native type per field beside the core
 * columns. Identifiers come from catalogue keys, which hold nothing but a–z, 0–9 and _; values are always parameters.
 */

/** The core columns, as every read selects them. */
export interface CustomerRow {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly owner: string | null;
  /** By field key. */
  readonly values: Readonly<Record<string, Value>>;
}

/** The column of a field in the table `customer c`. */
export function columnOf(key: string): string {
  return isSystemField(key) ? `c."${key}"` : `c."${storageColumn(key)}"`;
}

/** The SQL of a rule over `customer c`. */
export function customerTarget(parameters: SqlParameters): SqlTarget {
  return { column: ({ key }) => columnOf(key), parameter: (value) => parameters.add(value) };
}

/** What to select of `customer c` so that `toCustomerRow` can read it. Never `*`: a prepared plan would break with a new column. */
export function customerColumns(fields: readonly Field[]): string {
  const values = fields.map(({ key }) => `c."${storageColumn(key)}"`);
  return ['c.id', 'c.version', 'c.created_at', 'c.updated_at', 'c.owner', ...values].join(', ');
}

/** One selected row as a customer. */
export function toCustomerRow(raw: Readonly<Record<string, unknown>>, fields: readonly Field[]): CustomerRow {
  const values = Object.fromEntries(fields.map(({ key }) => [key, raw[storageColumn(key)] as Value]));
  return {
    id: raw['id'] as string,
    version: raw['version'] as number,
    createdAt: raw['created_at'] as string,
    updatedAt: raw['updated_at'] as string,
    owner: raw['owner'] as string | null,
    values,
  };
}

/** A customer as rules see it. */
export function toRuleRow(customer: CustomerRow): Row {
  const { createdAt, updatedAt, owner, values } = customer;
  return { ...values, created_at: createdAt, updated_at: updatedAt, owner };
}

/** Adds the column of a new field. The caller holds G exclusive and the owner's role. */
export async function addColumn(manager: EntityManager, field: Field): Promise<void> {
  await manager.query(`alter table customer add column "${storageColumn(field.key)}" ${fieldTypes[field.type].column}`);
}

/** Writes a new customer. */
export async function insertCustomer(manager: EntityManager, customer: CustomerRow): Promise<void> {
  const given = Object.entries(customer.values).filter(([, value]) => value !== null);
  const columns = [
    'id',
    'version',
    'created_at',
    'updated_at',
    'owner',
    ...given.map(([key]) => `"${storageColumn(key)}"`),
  ];
  const core = [customer.id, customer.version, customer.createdAt, customer.updatedAt, customer.owner];
  const parameters = [...core, ...given.map(([, value]) => value)];
  const places = parameters.map((_, index) => `$${index + 1}`);
  await manager.query(`insert into customer (${columns.join(', ')}) values (${places.join(', ')})`, parameters);
}

/** Writes the core columns and the changed values of a customer whose row the caller has locked. */
export async function updateCustomer(
  manager: EntityManager,
  customer: CustomerRow,
  changed: Iterable<string>,
): Promise<void> {
  const keys = [...changed].filter((key) => !isSystemField(key));
  const columns = ['version', 'updated_at', 'owner', ...keys.map((key) => `"${storageColumn(key)}"`)];
  const parameters = [customer.version, customer.updatedAt, customer.owner, ...keys.map((key) => customer.values[key])];
  const settings = columns.map((column, index) => `${column} = $${index + 2}`);
  await manager.query(`update customer set ${settings.join(', ')} where id = $1`, [customer.id, ...parameters]);
}

/** How many customers have each option of a SELECT or MULTI_SELECT field. */
export async function countOptions(manager: EntityManager, { key, type }: Field): Promise<ReadonlyMap<string, number>> {
  const column = type === 'MULTI_SELECT' ? `unnest(${columnOf(key)})` : columnOf(key);
  const rows = await manager.query<{ option: string; count: number }[]>(
    `select ${column} as option, count(*) as count from customer c where ${columnOf(key)} is not null group by 1`,
  );
  return new Map(rows.map(({ option, count }) => [option, count]));
}

function storageColumn(key: string): string {
  return `f_${key}`;
}
