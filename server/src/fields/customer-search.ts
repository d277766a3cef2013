import { fieldTypes, hasForbiddenCharacter, SqlParameters, type Value } from '@kequn/rules';
import type { EntityManager } from 'typeorm';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { forbiddenCharacter } from '../platform/label-in.ts';
import { limits } from '../platform/limits.ts';
import { invalid, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { fieldCatalogue } from './catalogue.ts';
import type { ValueOf } from './customer-table.ts';
import type { Field } from './field.ts';
import { gramsAskedBy, haystackOf, termsOf } from './search-text.ts';

/** What a viewer searches for, and in which fields. */
export interface CustomerSearch {
  /** Each has to be found in one of the fields. */
  readonly terms: readonly string[];
  /** The fields that the viewer may search in. */
  readonly fieldKeys: readonly string[];
}

/** Values of one customer that have changed or are new. */
export interface SearchedValues {
  readonly customerId: string;
  readonly values: ReadonlyMap<string, Value>;
}

/**
 * A search as somebody typed it, in the fields that the viewer may search in; undefined where nothing is searched for.
 *
 * @throws {Refused} LIMIT_EXCEEDED; VALIDATION_FAILED for a character that no text holds.
 */
export async function checkedSearch(
  tx: Transactional<Context>,
  search: string | null | undefined,
): Promise<CustomerSearch | undefined> {
  if (search === null || search === undefined) return undefined;
  const terms = termsOf(checkedSearchText(search));
  if (terms.length > limits.searchTerms) throw tooMuch('searchTerms');
  if (terms.length === 0) return undefined;
  const rights = await rightsOf(tx);
  const { fields } = await kept(tx, fieldCatalogue);
  const searched = fields.filter((field) => isSearched(field) && !field.archived && rights.may(field.key, 'search'));
  return { terms, fieldKeys: searched.map(({ key }) => key) };
}

/**
 * What somebody typed into a search, if it can be searched for.
 *
 * @throws {Refused} LIMIT_EXCEEDED; VALIDATION_FAILED for a character that no text holds.
 */
export function checkedSearchText(search: string): string {
  if ([...search].length > limits.searchLength) throw tooMuch('searchLength');
  if (hasForbiddenCharacter(search.replaceAll(/\s/g, ' '), 'none')) throw invalid([forbiddenCharacter('search')]);
  return search;
}

function tooMuch(limit: 'searchLength' | 'searchTerms') {
  return refused('LIMIT_EXCEEDED', { limit, max: limits[limit] });
}

/** The condition that a search finds `customer c`, by the index: for counts and orders, which need everybody who is found. */
export function foundByIndex({ terms, fieldKeys }: CustomerSearch, parameters: SqlParameters): string {
  const keys = parameters.add(fieldKeys);
  return terms
    .map((term) => `c.id in (select s.customer_id from customer_search s where ${holds(term, keys, parameters)})`)
    .join(' and ');
}

/**
 * The same by what stands with each customer: for a walk from one customer to the next that ends when a page is full. OFFSET 0 keeps
 * Postgres from making a join of it, which it would begin with everybody.
 */
export function foundByRow({ terms, fieldKeys }: CustomerSearch, parameters: SqlParameters): string {
  const keys = parameters.add(fieldKeys);
  const found = terms.map(
    (term) => `exists (select 1 from customer_search s where s.customer_id = c.id and s.field_key = any(${keys}::text[])
                 and strpos(s.haystack, ${parameters.add(term)}) > 0 offset 0)`,
  );
  return found.join(' and ');
}

/** Whom the rarest term of a search finds, and what is left to look for; undefined where every term finds more than `most`. */
export async function rarestMatches(
  tx: Transactional<Context>,
  search: CustomerSearch,
  most: number,
): Promise<{ readonly ids: readonly string[]; readonly rest: CustomerSearch | undefined } | undefined> {
  // A long term is likely to be a rare one.
  for (const term of search.terms.toSorted((a, b) => b.length - a.length)) {
    const parameters = new SqlParameters();
    const rows = await tx.manager.query<{ customer_id: string }[]>(
      `select s.customer_id from customer_search s where ${holds(term, parameters.add(search.fieldKeys), parameters)}
        limit ${parameters.add(most + 1)}`,
      parameters.values,
    );
    if (rows.length > most) continue;
    const others = search.terms.filter((each) => each !== term);
    const rest = others.length > 0 ? { ...search, terms: others } : undefined;
    return { ids: [...new Set(rows.map((row) => row.customer_id))], rest };
  }
  return undefined;
}

/** The index narrows by grams; whether the term itself is there is looked at again. */
function holds(term: string, keys: string, parameters: SqlParameters): string {
  return `s.field_key = any(${keys}::text[]) and search_grams(s.haystack) @> ${parameters.add(gramsAskedBy(term))}::text[]
            and strpos(s.haystack, ${parameters.add(term)}) > 0`;
}

/** Makes the changed values of customers what they are found by, in the transaction that writes them. */
export async function indexForSearch(
  manager: EntityManager,
  fields: readonly Field[],
  customers: readonly SearchedValues[],
): Promise<void> {
  const searched = fields.filter(isSearched);
  const rows = customers.flatMap(({ customerId, values }) =>
    searched.filter(({ key }) => values.has(key)).map(({ key }) => rowOf(customerId, key, values.get(key) ?? null)),
  );
  if (rows.length === 0) return;
  await manager.query(
    `with given as (
       select * from jsonb_to_recordset($1::jsonb) as g (customer_id uuid, field_key text, haystack text)),
     emptied as (
       delete from customer_search s using given
        where given.haystack is null and s.customer_id = given.customer_id and s.field_key = given.field_key)
     insert into customer_search (customer_id, field_key, haystack)
     select customer_id, field_key, haystack from given where haystack is not null order by 1, 2
     on conflict (customer_id, field_key) do update set haystack = excluded.haystack`,
    [JSON.stringify(rows)],
  );
}

/** Makes the values of a field, and nothing else, what these customers are found by in it; the caller has locked their rows. */
export async function indexFieldAnew(manager: EntityManager, field: Field, values: readonly ValueOf[]): Promise<void> {
  await manager.query('delete from customer_search where field_key = $1 and customer_id = any($2::uuid[])', [
    field.key,
    values.map(({ customerId }) => customerId),
  ]);
  const filled = values.filter(({ value }) => value !== null);
  const searched = filled.map(({ customerId, value }) => ({ customerId, values: new Map([[field.key, value]]) }));
  await indexForSearch(manager, [field], searched);
}

/** Lets customers be found by nothing any more. */
export async function forgetForSearch(manager: EntityManager, customerIds: readonly string[]): Promise<void> {
  await manager.query('delete from customer_search where customer_id = any($1::uuid[])', [customerIds]);
}

function rowOf(customerId: string, key: string, value: Value) {
  const haystack = value === null ? null : haystackOf(String(value));
  return { customer_id: customerId, field_key: key, haystack };
}

function isSearched({ type }: Field): boolean {
  return fieldTypes[type].searchable;
}
