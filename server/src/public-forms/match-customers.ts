import { fieldTypes, SqlParameters, type FieldDefinition, type Value } from '@kequn/rules';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { foundByIndex } from '../fields/customer-search.ts';
import { columnOf } from '../fields/customer-table.ts';
import { customersWith } from '../fields/identities.ts';
import { termsOf } from '../fields/search-text.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import type { PublicForm } from './find-public-form.ts';

/** So many customers an answer may be of; a value that more have says nothing of anybody. */
const MOST = 20;

/**
 * The customers whom an answer may be of: who has the same value in a field by which the form matches. Until the end of the transaction nobody
 * else matches by these values: of two answers at once the later one finds whom the first one made.
 */
export async function matchCustomers(
  tx: Transactional<RequestContext>,
  form: PublicForm,
  values: ReadonlyMap<string, Value>,
): Promise<readonly string[]> {
  const { byKey } = await kept(tx, fieldCatalogue);
  const asked = [...values]
    .flatMap(([key, value]) => ({ field: byKey.get(key)!, value }))
    .filter(({ field, value }) => value !== null && isMatched(field, form));
  await lockValues(tx, asked);
  const found = await Promise.all(asked.map(({ field, value }) => customersAlike(tx, field, value)));
  return [...new Set(found.flat())].toSorted();
}

function isMatched(field: FieldDefinition, { settings: { matchOn } }: PublicForm): boolean {
  return matchOn ? matchOn.includes(field.key) : field.unique || field.type === 'EMAIL' || field.type === 'PHONE';
}

interface AskedValue {
  readonly field: FieldDefinition;
  readonly value: Value;
}

async function lockValues({ manager }: Transactional<RequestContext>, asked: readonly AskedValue[]): Promise<void> {
  const names = asked.map(({ field, value }) => `match:${field.key}:${String(value)}`).toSorted();
  for (const name of names) await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}

async function customersAlike(
  { manager }: Transactional<RequestContext>,
  field: FieldDefinition,
  value: Value,
): Promise<readonly string[]> {
  if (field.unique) return customersWith(manager, { field, value });
  if (!fieldTypes[field.type].searchable) return [];
  const parameters = new SqlParameters();
  // What is not searched for, such as a value of signs alone, is looked for in everybody.
  const terms = termsOf(String(value)).slice(0, 3);
  const found = terms.length > 0 ? `${foundByIndex({ terms, fieldKeys: [field.key] }, parameters)} and ` : '';
  const rows = await manager.query<{ id: string }[]>(
    `select c.id from customer c where ${found}${columnOf(field.key)} = ${parameters.add(value)} order by c.id limit ${MOST}`,
    parameters.values,
  );
  return rows.map(({ id }) => id);
}
