import { formulaToSql, momentAt, readsClock, scheduleToSql, SqlParameters, type Value } from '@kequn/rules';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { fieldCatalogue } from './catalogue.ts';
import { columnOf, customerTarget, proposed, settingsOf, type CustomerRow } from './customer-table.ts';
import { isConcerned, type Formula } from './formulas.ts';

/** Formulas of one statement: each has parameters, of which Postgres takes 65,535. */
const FORMULAS_AT_ONCE = 50;

/** A customer of whom something has changed. */
export interface Changed {
  readonly id: string;
  /** As `readingsOf` names it; undefined for a new customer. */
  readonly changed?: ReadonlySet<string> | undefined;
  /** When time alone next changes what a formula computes of it; null where it never does. */
  readonly dueAt?: string | null | undefined;
}

/** A customer as it is to be written. */
export interface Proposal extends Changed {
  readonly after: CustomerRow;
}

/** What formulas say of one customer. */
interface Found {
  readonly id: string;
  readonly values: readonly Value[];
  readonly dueAt: string | null;
}

/** Gives customers that are to be written what formulas compute of them; what that changes is added to what has changed. */
export async function computeProposed<P extends Proposal>(
  tx: Transactional<RequestContext>,
  proposals: readonly P[],
  at: string,
): Promise<readonly P[]> {
  const { formulas, fields } = await kept(tx, fieldCatalogue);
  let sofar = proposals;
  for (const some of formulas.levels.flatMap(inParts)) {
    const asked = concerned(some, sofar);
    if (asked.length === 0) continue;
    const rows = sofar.map(({ after }) => after);
    const read = fields.filter(({ key }) => asked.some(({ reads }) => reads.has(key)));
    const found = await ask(tx, asked, at, (parameters) => proposed(read, rows, parameters));
    sofar = sofar.map((proposal) => withComputed(proposal, asked, found.get(proposal.after.id)!));
  }
  return sofar;
}

/**
 * Computes anew, and writes, what formulas say of customers who are not written otherwise and whose rows the caller has locked; what that
 * changes is added to what has changed.
 */
export async function computeStored<C extends Changed>(
  tx: Transactional<RequestContext>,
  customers: readonly C[],
  at: string,
): Promise<readonly C[]> {
  const { formulas } = await kept(tx, fieldCatalogue);
  let sofar = customers;
  for (const some of formulas.levels.flatMap(inParts)) {
    const asked = concerned(some, sofar);
    if (asked.length === 0) continue;
    const ids = sofar
      .filter(({ changed }) => asked.some((formula) => isConcerned(formula, changed)))
      .map(({ id }) => id);
    const found = await store(tx, asked, at, ids);
    sofar = sofar.map((customer) => withStored(customer, asked, found.get(customer.id)));
  }
  return sofar;
}

function inParts(level: readonly Formula[]): readonly (readonly Formula[])[] {
  const parts: Formula[][] = [];
  for (let from = 0; from < level.length; from += FORMULAS_AT_ONCE)
    parts.push(level.slice(from, from + FORMULAS_AT_ONCE));
  return parts;
}

function concerned(formulas: readonly Formula[], customers: readonly Changed[]): readonly Formula[] {
  return formulas.filter((formula) => customers.some(({ changed }) => isConcerned(formula, changed)));
}

async function ask(
  tx: Transactional<RequestContext>,
  formulas: readonly Formula[],
  at: string,
  from: (parameters: SqlParameters) => string,
): Promise<ReadonlyMap<string, Found>> {
  const { parameters, expressions, dueAt } = inSql(tx, formulas, at);
  const rows = await tx.manager.query<Record<string, Value>[]>(
    `select c.id, ${named(expressions)}, ${dueAt} as due_at from ${from(parameters)}`,
    parameters.values,
  );
  return new Map(rows.map((row) => [String(row['id']), foundIn(row, formulas)]));
}

/** What differs is written; what was found is given of all. */
async function store(
  tx: Transactional<RequestContext>,
  formulas: readonly Formula[],
  at: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Found>> {
  const { parameters, expressions, dueAt } = inSql(tx, formulas, at);
  const columns = formulas.map(({ field }) => columnOf(field.key));
  const found = formulas.map((_, index) => `found.v${index}`);
  const differs = columns.map((column, index) => `${column} is distinct from ${found[index]!}`);
  const rows = await tx.manager.query<Record<string, Value>[]>(
    `with found as materialized (
       select c.id, ${named(expressions)}, ${dueAt} as due_at from customer c where c.id = any(${parameters.add(ids)}::uuid[])),
     written as (
       update customer c set ${settingsOf(columns, found)} from found where c.id = found.id and (${differs.join(' or ')}))
     select found.id, ${named(differs)}, found.due_at from found join customer c on c.id = found.id`,
    parameters.values,
  );
  return new Map(rows.map((row) => [String(row['id']), foundIn(row, formulas)]));
}

function inSql(tx: Transactional<RequestContext>, formulas: readonly Formula[], at: string) {
  const parameters = new SqlParameters();
  const target = customerTarget(parameters, momentAt(at, tx.database.timeZone));
  const expressions = formulas.map(({ node }) => formulaToSql(node, target));
  const dues = formulas.filter(({ node }) => readsClock(node)).map(({ node }) => scheduleToSql(node, target));
  return { parameters, expressions, dueAt: dues.length === 0 ? 'null::timestamptz' : `least(${dues.join(', ')})` };
}

function named(expressions: readonly string[]): string {
  return expressions.map((expression, index) => `${expression} as v${index}`).join(', ');
}

function foundIn(row: Readonly<Record<string, Value>>, formulas: readonly Formula[]): Found {
  const values = formulas.map((_, index) => row[`v${index}`] ?? null);
  return { id: String(row['id']), values, dueAt: row['due_at'] as string | null };
}

function withComputed<P extends Proposal>(proposal: P, formulas: readonly Formula[], found: Found): P {
  const { after, changed } = proposal;
  const keys = formulas.map(({ field }) => field.key);
  const differing = keys.filter((key, index) => !isSame(after.values[key] ?? null, found.values[index] ?? null));
  const values = {
    ...after.values,
    ...Object.fromEntries(keys.map((key, index) => [key, found.values[index] ?? null])),
  };
  return {
    ...proposal,
    ...noted({ changed, dueAt: earlier(proposal, found) }, differing),
    after: { ...after, values },
  };
}

function withStored<C extends Changed>(customer: C, formulas: readonly Formula[], found: Found | undefined): C {
  if (!found) return customer;
  const differing = formulas.map(({ field }) => field.key).filter((_, index) => found.values[index] === true);
  return { ...customer, ...noted({ changed: customer.changed, dueAt: earlier(customer, found) }, differing) };
}

function noted({ changed, dueAt }: Pick<Changed, 'changed' | 'dueAt'>, differing: readonly string[]) {
  return { changed: changed && new Set([...changed, ...differing]), dueAt };
}

function earlier({ dueAt = null }: Changed, found: Found): string | null {
  if (dueAt === null || found.dueAt === null) return dueAt ?? found.dueAt;
  return dueAt < found.dueAt ? dueAt : found.dueAt;
}

function isSame(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
