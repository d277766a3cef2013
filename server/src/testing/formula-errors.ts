import {
  catalogueOf,
  checkFormula,
  compileFormula,
  momentAt,
  withEvents,
  type EventsByType,
  type EventTypeDefinition,
  type FieldDefinition,
  type Row,
  type Value,
} from '@kequn/rules';
import type { TestServer } from './test-server.ts';

interface StoredField extends FieldDefinition {
  readonly formula: unknown;
}

/**
 * How many stored values are not what their formula computes in JS of the stored customer at an instant: none, of customers who are not due
 * by then. Postgres computes them, so the two back ends are held against each other.
 */
export async function formulaErrors(server: TestServer, at: string): Promise<number> {
  const { source } = server.database;
  const fields = await source.query<StoredField[]>('select * from field order by position');
  const events = await source.query<EventTypeDefinition[]>(
    `select key, label, labels, '[]'::jsonb as properties from event_type`,
  );
  const catalogue = {
    ...catalogueOf(fields, new Map(), server.database.timeZone),
    events: new Map(events.map((type) => [type.key, type])),
  };
  const rows = await storedRows(server, fields);
  const moment = momentAt(at, server.database.timeZone);
  let errors = 0;
  for (const { key, formula } of fields.filter((field) => field.computed && !field.archived)) {
    const outcome = checkFormula(formula, catalogue);
    if (!outcome.ok) throw new Error(`The formula of ${key} is none`);
    const compute = compileFormula(outcome.value);
    for (const row of rows) errors += Number(JSON.stringify(compute(row, moment)) !== JSON.stringify(row[key] ?? null));
  }
  return errors;
}

async function storedRows(
  { database: { source } }: TestServer,
  fields: readonly StoredField[],
): Promise<readonly Row[]> {
  const columns = fields.map(({ key }) => `f_${key} as "${key}"`);
  const rows = await source.query<(Row & { id: string })[]>(
    `select id, created_at, updated_at, owner, ${columns.join(', ')} from customer order by id`,
  );
  const events = await source.query<
    { customer_id: string; type: string; at: string; amount: number | null; properties: Row }[]
  >('select customer_id, type, at, amount, properties from event order by at, id');
  return rows.map(({ id, ...row }) => {
    const own: Record<string, Row[]> = {};
    for (const { customer_id, type, at, amount, properties } of events)
      if (customer_id === id) (own[type] ??= []).push({ ...properties, at, amount } as Record<string, Value>);
    return withEvents(row, own as EventsByType);
  });
}
