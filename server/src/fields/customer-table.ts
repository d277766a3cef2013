import {
  commonProperties,
  fieldTypes,
  isSystemField,
  valueTypes,
  type EventSource,
  type Moment,
  type Row,
  type SqlTarget,
  type Value,
} from '@kequn/rules';
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
  /** Which roles of the viewer who read it count on it, in their order; undefined where all of them do. */
  readonly counting?: readonly boolean[] | undefined;
}

/** The column of a field in the table `customer c`. */
export function columnOf(key: string): string {
  return isSystemField(key) ? `c."${key}"` : `c."${storageColumn(key)}"`;
}

/** The column in which stands, beside what customers have, what a formula is to compute or a field to hold of another type, until it takes its place. */
export function comingColumnOf(key: string): string {
  return `c."${comingColumn(key)}"`;
}

/** What is being made anew beside what customers have. */
export interface Coming {
  /** The generation by key of the segment; null where nobody is to be a member. */
  readonly generations: ReadonlyMap<string, string | null>;
  /** The keys of the fields whose values are made anew. */
  readonly fields: ReadonlySet<string>;
}

const nothingComing: Coming = { generations: new Map(), fields: new Set() };

/** What the SQL of a rule over `customer c` at a moment is written for; of what is coming, it is what the rule reads. */
export function customerTarget(
  parameters: SqlParameters,
  moment: Moment,
  { generations, fields }: Coming = nothingComing,
): SqlTarget {
  return {
    column: ({ key }) => (fields.has(key) ? comingColumnOf(key) : columnOf(key)),
    events: (type) => eventSource(parameters.add(type)),
    member: (segmentKey) => {
      const other = generations.get(segmentKey);
      return other === undefined
        ? memberCondition(liveGeneration(parameters.add(segmentKey)))
        : memberCondition(parameters.add(other) + '::uuid');
    },
    parameter: (value) => parameters.add(value),
    moment,
  };
}

/** The events of `customer c` of a type. What an event's properties hold was checked when it was written, so no cast can fail. */
function eventSource(type: string): EventSource {
  return {
    from: `event e WHERE e.customer_id = c.id AND e.type = ${type}`,
    order: ['e.at, e.id', 'e.at DESC, e.id DESC'],
    property: ({ key, type: fieldType }) => {
      if (commonProperties.some((property) => property.key === key)) return `e.${key}`;
      return `(e.properties->>'${key}')::${valueTypes[fieldTypes[fieldType].valueType].sqlType}`;
    },
  };
}

function liveGeneration(segmentKey: string): string {
  return `(SELECT s.generation_id FROM segment s WHERE s.key = ${segmentKey} AND s.deleted_at IS NULL)`;
}

function memberCondition(generation: string): string {
  return `(EXISTS (SELECT 1 FROM membership m WHERE m.customer_id = c.id AND m.generation_id = ${generation}))`;
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
    ...(raw['counting'] !== undefined && { counting: raw['counting'] as boolean[] }),
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

/** Adds the columns for what formulas are to compute, where an earlier time has left none. The caller holds G exclusive and the owner's role. */
export async function addComingColumns(manager: EntityManager, fields: readonly Field[]): Promise<void> {
  const columns = fields.map(
    ({ key, type }) => `add column if not exists "${comingColumn(key)}" ${fieldTypes[type].column}`,
  );
  if (columns.length > 0) await manager.query(`alter table customer ${columns.join(', ')}`);
}

/** Adds an empty column for what a field is to hold that becomes of another type. The same holds of the caller. */
export async function startComingColumn(manager: EntityManager, { key, type }: Field): Promise<void> {
  await dropComingColumn(manager, key);
  await manager.query(`alter table customer add column "${comingColumn(key)}" ${fieldTypes[type].column}`);
}

/** Gives up what was to stand in the place of what customers have. The same holds of the caller. */
export async function dropComingColumn(manager: EntityManager, key: string): Promise<void> {
  await manager.query(`alter table customer drop column if exists "${comingColumn(key)}"`);
}

/** Puts what has been made of fields in the place of what customers had, which stays behind. The caller holds G exclusive and the owner's role. */
export async function swapComingColumns(manager: EntityManager, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const [present, coming] = [storageColumn(key), comingColumn(key)];
    for (const [from, to] of [
      [present, 'swapped'],
      [coming, present],
      ['swapped', coming],
    ])
      await manager.query(`alter table customer rename column "${from!}" to "${to!}"`);
  }
}

/** The column in which stands what customers had before a change of type, by its id. */
export function formerColumnOf(conversionId: string): string {
  return `c."${formerColumn(conversionId)}"`;
}

/** Keeps, under the id of a change of type, what customers had before the coming column took its place. The same holds of the caller. */
export async function keepFormerColumn(manager: EntityManager, key: string, conversionId: string): Promise<void> {
  await manager.query(`alter table customer rename column "${comingColumn(key)}" to "${formerColumn(conversionId)}"`);
}

/** Gives up what was kept under the id of a change. The same holds of the caller. */
export async function dropFormerColumn(manager: EntityManager, conversionId: string): Promise<void> {
  await manager.query(`alter table customer drop column if exists "${formerColumn(conversionId)}"`);
}

/** A value of one customer. */
export interface ValueOf {
  readonly customerId: string;
  readonly value: Value;
}

/** Writes what a field is to hold, beside what it holds, of customers whose rows the caller has locked. */
export async function writeComing(
  manager: EntityManager,
  { key, type }: Field,
  values: readonly ValueOf[],
): Promise<void> {
  const given = `jsonb_to_recordset($1::jsonb) as g ("customerId" uuid, value ${fieldTypes[type].column})`;
  await manager.query(
    `update customer c set ${settingsOf([comingColumnOf(key)], ['g.value'])} from ${given} where c.id = g."customerId"`,
    [JSON.stringify(values)],
  );
}

/** Sets columns of customers, by name without their table, to expressions over `customer c`. */
export function settingsOf(columns: readonly string[], expressions: readonly string[]): string {
  return columns.map((column, index) => `${column.replace('c.', '')} = ${expressions[index]!}`).join(', ');
}

/** Customers as they are to be written, in the place of `customer c`. */
export function proposed(
  fields: readonly Field[],
  customers: readonly CustomerRow[],
  parameters: SqlParameters,
): string {
  const columns = [...coreColumns, ...fields.map(valueColumn)];
  const rows = JSON.stringify(customers.map((customer) => recordOf(customer, fields)));
  return recordset(columns, { place: parameters.add(rows), alias: 'c' });
}

/** Writes new customers. */
export async function insertCustomers(
  manager: EntityManager,
  fields: readonly Field[],
  customers: readonly CustomerRow[],
): Promise<void> {
  const given = fields.filter(({ key }) => customers.some(({ values }) => (values[key] ?? null) !== null));
  const columns = [...coreColumns, ...given.map(valueColumn)];
  const names = columns.map(({ name }) => name).join(', ');
  await manager.query(`insert into customer (${names}) select ${names} from ${recordset(columns)}`, [
    JSON.stringify(customers.map((customer) => recordOf(customer, given))),
  ]);
}

/** Writes the core columns and the values of these fields of customers whose rows the caller has locked. */
export async function updateCustomers(
  manager: EntityManager,
  fields: readonly Field[],
  customers: readonly CustomerRow[],
): Promise<void> {
  const columns = [...coreColumns, ...fields.map(valueColumn)];
  const settings = columns.slice(1).map(({ name }) => `${name} = g.${name}`);
  await manager.query(`update customer c set ${settings.join(', ')} from ${recordset(columns)} where c.id = g.id`, [
    JSON.stringify(customers.map((customer) => recordOf(customer, fields))),
  ]);
}

/** Removes customers whose rows the caller has locked. */
export async function deleteCustomers(manager: EntityManager, ids: readonly string[]): Promise<void> {
  await manager.query('delete from customer where id = any($1::uuid[])', [ids]);
}

interface StoredColumn {
  readonly name: string;
  readonly type: string;
}

const coreColumns: readonly StoredColumn[] = [
  { name: 'id', type: 'uuid' },
  { name: 'version', type: 'int' },
  { name: 'created_at', type: 'timestamptz' },
  { name: 'updated_at', type: 'timestamptz' },
  { name: 'owner', type: 'uuid' },
];

function valueColumn({ key, type }: Field): StoredColumn {
  return { name: `"${storageColumn(key)}"`, type: fieldTypes[type].column };
}

/** The rows of one JSON parameter, to be put behind FROM: a set is one statement however many values it has. */
function recordset(columns: readonly StoredColumn[], { place, alias } = { place: '$1', alias: 'g' }): string {
  return `jsonb_to_recordset(${place}::jsonb) as ${alias} (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`;
}

function recordOf(customer: CustomerRow, fields: readonly Field[]): Readonly<Record<string, unknown>> {
  const { id, version, createdAt, updatedAt, owner, values } = customer;
  const stored = fields.map(({ key }) => [storageColumn(key), values[key] ?? null]);
  return { id, version, created_at: createdAt, updated_at: updatedAt, owner, ...Object.fromEntries(stored) };
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

function comingColumn(key: string): string {
  return `coming_${key}`;
}

function formerColumn(conversionId: string): string {
  return `former_${conversionId.replaceAll('-', '')}`;
}
