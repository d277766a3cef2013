import fc from 'fast-check';
import jsonLogic from 'json-logic-js';
import type pg from 'pg';
import {
  checkRule,
  commonProperties,
  compileRule,
  eventsIn,
  fieldTypes,
  momentAt,
  portableOperations,
  ruleToPortable,
  ruleToSql,
  SqlParameters,
  systemFields,
  type Moment,
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
  suiteViewer,
} from '@kequn/rules/suites';
import type { Counterexample } from './counterexamples.ts';
import { moments } from './moments.ts';

/** A rule and a customer on which the back ends part. */
export interface Disagreement {
  readonly rule: Rule;
  readonly row: Row;
  readonly at: string;
  readonly timeZone: string;
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

/** The back ends that are compared with the portable form; a test that must fail gives others than the real ones. */
export interface BackEnds {
  toJs(rule: Node): (row: Row, moment: Moment) => boolean;
  toSql(rule: Node, parameters: SqlParameters, moment: Moment): string;
}

const columns = [...systemFields, ...suiteFields];

/** The back ends as they are. */
export const realBackEnds: BackEnds = {
  toJs: compileRule,
  /** Over the table of random customers. */
  toSql: (rule, parameters, moment) =>
    ruleToSql(rule, {
      column: ({ key }) => `c."${key}"`,
      events: (type) => ({
        from: `pg_temp.event e WHERE e.n = c.n AND e.type = ${parameters.add(type)}`,
        order: ['e.at, e.id', 'e.at DESC, e.id DESC'],
        property: ({ key }) => `e."${key}"`,
      }),
      member: (segmentKey) => `(${parameters.add(segmentKey)} = ANY (c.segments))`,
      parameter: (value) => parameters.add(value),
      moment,
    }),
};

/** One comparison. */
export interface Comparison {
  /** How many (rule, customer) pairs at the least. */
  readonly pairs: number;
  readonly seed: number;
  readonly backEnds?: BackEnds;
  /** Told of every rule that is asked. */
  readonly onRule?: (rule: Node) => void;
  /** Whether a disagreement is told as it was met, not shrunk to a small case. */
  readonly asMet?: boolean;
}

/**
 * Runs random rules on random customers through JS, SQL on Postgres, and the portable form in unmodified json-logic-js, at moments in
 * several zones, and gives where they part, each shrunk to a small case.
 *
 * @param client a connection to a database in which it may make temporary tables
 */
export async function compareBackEnds(client: pg.Client, comparison: Comparison): Promise<Outcome> {
  const { pairs, seed, onRule } = comparison;
  const rows = fc.sample(arbitraryRow, { numRuns: ROWS, seed });
  await storeRows(client, rows);
  const property = fc.asyncProperty(arbitraryRule, fc.constantFrom(...moments), async (rule, moment) => {
    const node = checked(rule);
    onRule?.(node);
    const [found] = await partings(client, { rule, node, rows, moment, backEnds: comparison.backEnds ?? realBackEnds });
    if (found) throw new Parted(found);
  });
  const numRuns = Math.ceil(pairs / ROWS);
  const details = await fc.check(property, { numRuns, seed, endOnFailure: comparison.asMet ?? false });
  if (!details.failed) return { pairs: numRuns * ROWS, disagreements: [] };
  if (!(details.errorInstance instanceof Parted)) throw details.errorInstance;
  return { pairs: details.numRuns * ROWS, disagreements: [details.errorInstance.disagreement] };
}

/** Whether back ends part on a rule and a customer, which once they did. */
export async function stillPart(client: pg.Client, { rule, row, at, timeZone }: Counterexample): Promise<boolean> {
  await storeRows(client, [row]);
  const moment = momentAt(at, timeZone, suiteViewer);
  const found = await partings(client, { rule, node: checked(rule), rows: [row], moment, backEnds: realBackEnds });
  return found.length > 0;
}

class Parted extends Error {
  constructor(readonly disagreement: Disagreement) {
    super(JSON.stringify(disagreement));
  }
}

/** Makes temporary tables of customers, numbered from 0, and of what they did. */
export async function storeRows(client: pg.Client, rows: readonly Row[]): Promise<void> {
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

interface Asked {
  readonly rule: Rule;
  readonly node: Node;
  readonly rows: readonly Row[];
  readonly moment: Moment;
  readonly backEnds: BackEnds;
}

async function partings(client: pg.Client, asked: Asked): Promise<Disagreement[]> {
  const { rule, node, rows, moment, backEnds } = asked;
  for (const [name, operation] of Object.entries(portableOperations(moment))) jsonLogic.add_operation(name, operation);
  const holds = backEnds.toJs(node);
  const portable = ruleToPortable(node) as jsonLogic.RulesLogic;
  const bySql = await verdictsOfSql(client, asked);
  return rows.flatMap((row, n) => {
    const verdict = {
      rule,
      row,
      at: moment.now,
      timeZone: moment.timeZone,
      js: holds(row, moment),
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

async function verdictsOfSql(
  client: pg.Client,
  { node, moment, backEnds }: Asked,
): Promise<readonly (boolean | null)[]> {
  const parameters = new SqlParameters();
  const condition = backEnds.toSql(node, parameters, moment);
  const sql = `select array_agg(${condition} order by n) as verdicts from pg_temp.customer c`;
  const { rows } = await client.query<{ verdicts: (boolean | null)[] }>(sql, parameters.values);
  return rows[0]?.verdicts ?? [];
}

/** What a reader is told of a run. */
export function report({ pairs, disagreements }: Outcome): string {
  const lines = disagreements.map((each) => JSON.stringify(each));
  return [`${pairs} pairs of a rule and a customer, ${disagreements.length} disagreements`, ...lines].join('\n');
}
