import fc from 'fast-check';
import jsonLogic from 'json-logic-js';
import type pg from 'pg';
import {
  checkRule,
  commonProperties,
  compileRule,
  eventsIn,
  fieldTypes,
  portableOperations,
  ruleToPortable,
  ruleToSql,
  SqlParameters,
  systemFields,
  type Node,
  type Row,
  type Rule,
} from '@kequn/rules';
import {
  arbitraryRow,
  arbitraryRule,
  suiteCatalogue,
  suiteEvents,
  suiteFields,
  suiteMoment,
} from '@kequn/rules/suites';

for (const [name, operation] of Object.entries(portableOperations(suiteMoment)))
  jsonLogic.add_operation(name, operation);

/** A rule and a customer on which the back ends part. */
export interface Disagreement {
  readonly rule: Rule;
  readonly row: Row;
  readonly js: boolean;
  readonly sql: boolean;
  readonly portable: unknown;
}

/** What a run found. */
export interface Outcome {
  readonly pairs: number;
  readonly disagreements: readonly Disagreement[];
}

/** Customers of one run: each rule is asked of all of them at once. */
const ROWS = 100;

/** How SQL is made of a rule; the default is the real one, a test that must fail gives another. */
export type ToSql = (rule: Node, parameters: SqlParameters) => string;

const columns = [...systemFields, ...suiteFields];

/** The SQL of a rule over the table of random customers. */
export function realSql(rule: Node, parameters: SqlParameters): string {
  return ruleToSql(rule, {
    column: ({ key }) => `c."${key}"`,
    events: (type) => ({
      from: `pg_temp.event e WHERE e.n = c.n AND e.type = ${parameters.add(type)}`,
      order: ['e.at, e.id', 'e.at DESC, e.id DESC'],
      property: ({ key }) => `e."${key}"`,
    }),
    member: (segmentKey) => `(${parameters.add(segmentKey)} = ANY (c.segments))`,
    parameter: (value) => parameters.add(value),
    moment: suiteMoment,
  });
}

/**
 * Runs random rules on random customers through JS, SQL on Postgres, and the portable form in unmodified json-logic-js, and gives where
 * they part, each shrunk to a small case.
 *
 * @param client a connection to a database in which it may make a temporary table
 * @param pairs how many (rule, customer) pairs at the least
 */
export async function compareBackEnds(
  client: pg.Client,
  pairs: number,
  seed: number,
  toSql: ToSql = realSql,
): Promise<Outcome> {
  const rows = fc.sample(arbitraryRow, { numRuns: ROWS, seed });
  await storeRows(client, rows);
  const disagreements: Disagreement[] = [];
  let done = 0;
  const property = fc.asyncProperty(arbitraryRule, async (rule) => {
    const found = await partings(client, rule, rows, toSql);
    done += ROWS;
    if (found[0]) throw new Parted(found[0]);
  });
  const details = await fc.check(property, { numRuns: Math.ceil(pairs / ROWS), seed });
  if (details.failed) {
    if (!(details.errorInstance instanceof Parted)) throw details.errorInstance;
    disagreements.push(details.errorInstance.disagreement);
  }
  return { pairs: done, disagreements };
}

class Parted extends Error {
  constructor(readonly disagreement: Disagreement) {
    super(JSON.stringify(disagreement));
  }
}

async function storeRows(client: pg.Client, rows: readonly Row[]): Promise<void> {
  const defined = columns.map(({ key, type }) => `"${key}" ${fieldTypes[type].column}`);
  await client.query(`drop table if exists pg_temp.customer`);
  await client.query(`create temporary table customer (n int, segments text[], ${defined.join(', ')})`);
  const places = columns.map((_, index) => `$${index + 3}`).join(', ');
  for (const [n, row] of rows.entries()) {
    await client.query(`insert into pg_temp.customer values ($1, $2, ${places})`, [
      n,
      row['segments'],
      ...columns.map(({ key }) => row[key] ?? null),
    ]);
  }
  await storeEvents(client, rows);
}

const properties = [...commonProperties, ...[...suiteEvents.values()].flatMap((type) => type.properties)];

async function storeEvents(client: pg.Client, rows: readonly Row[]): Promise<void> {
  const defined = properties.map(({ key, type }) => `"${key}" ${fieldTypes[type].column}`);
  await client.query('drop table if exists pg_temp.event');
  await client.query(`create temporary table event (n int, type text, id int, ${defined.join(', ')})`);
  const places = properties.map((_, index) => `$${index + 4}`).join(', ');
  for (const [n, row] of rows.entries()) {
    for (const type of suiteEvents.keys()) {
      for (const [id, event] of eventsIn(row, type).entries()) {
        const values = properties.map(({ key }) => event[key] ?? null);
        await client.query(`insert into pg_temp.event values ($1, $2, $3, ${places})`, [n, type, id, ...values]);
      }
    }
  }
}

async function partings(client: pg.Client, rule: Rule, rows: readonly Row[], toSql: ToSql): Promise<Disagreement[]> {
  const node = checked(rule);
  const holds = compileRule(node);
  const portable = ruleToPortable(node) as jsonLogic.RulesLogic;
  const bySql = await verdictsOfSql(client, node, toSql);
  return rows.flatMap((row, n) => {
    const verdict = {
      rule,
      row,
      js: holds(row, suiteMoment),
      sql: bySql[n] ?? false,
      portable: jsonLogic.apply(portable, row) as unknown,
    };
    return verdict.js === verdict.sql && verdict.js === verdict.portable ? [] : [verdict];
  });
}

function checked(rule: Rule): Node {
  const outcome = checkRule(rule, suiteCatalogue);
  if (!outcome.ok) throw new Error(`Not a rule: ${JSON.stringify({ rule, problems: outcome.problems })}`);
  return outcome.value;
}

async function verdictsOfSql(client: pg.Client, node: Node, toSql: ToSql): Promise<readonly (boolean | null)[]> {
  const parameters = new SqlParameters();
  const sql = `select array_agg(${toSql(node, parameters)} order by n) as verdicts from pg_temp.customer c`;
  const { rows } = await client.query<{ verdicts: (boolean | null)[] }>(sql, parameters.values);
  return rows[0]?.verdicts ?? [];
}

/** What a reader is told of a run. */
export function report({ pairs, disagreements }: Outcome): string {
  const lines = disagreements.map((each) => JSON.stringify(each));
  return [`${pairs} pairs of a rule and a customer, ${disagreements.length} disagreements`, ...lines].join('\n');
}
