import {
  catalogueOf,
  withEvents,
  type Catalogue,
  type EventsByType,
  type EventTypeDefinition,
  type FieldDefinition,
  type Row,
  type Value,
} from '@kequn/rules';
import type { TestServer } from './test-server.ts';

/** A field as it is stored. */
export interface StoredField extends FieldDefinition {
  readonly formula: unknown;
}

/** All that rules are asked about, read past the server's own code: what a naive recount starts from. */
export interface StoredWorld {
  readonly fields: readonly StoredField[];
  readonly catalogue: Catalogue;
  readonly customers: readonly { readonly id: string; readonly row: Row }[];
}

/** Reads it; what customers did is in their rows. */
export async function storedWorld(server: TestServer): Promise<StoredWorld> {
  const { source } = server.database;
  const fields = await source.query<StoredField[]>('select * from field order by position');
  const events = await source.query<EventTypeDefinition[]>(
    `select key, label, labels, '[]'::jsonb as properties from event_type`,
  );
  const segments = await source.query<{ key: string; name: string }[]>(
    'select key, name from segment where deleted_at is null',
  );
  const catalogue = {
    ...catalogueOf(fields, new Map(), server.database.timeZone),
    events: new Map(events.map((type) => [type.key, type])),
    segments: new Map(segments.map(({ key, name }) => [key, name])),
  };
  return { fields, catalogue, customers: await storedCustomers(server, fields) };
}

interface StoredEvent {
  readonly customer_id: string;
  readonly type: string;
  readonly at: string;
  readonly amount: number | null;
  readonly properties: Row;
}

async function storedCustomers(
  { database: { source } }: TestServer,
  fields: readonly StoredField[],
): Promise<StoredWorld['customers']> {
  const columns = fields.map(({ key }) => `f_${key} as "${key}"`);
  const rows = await source.query<(Row & { id: string })[]>(
    `select id, created_at, updated_at, owner, ${columns.join(', ')} from customer order by id`,
  );
  const events = await source.query<StoredEvent[]>(
    'select customer_id, type, at, amount, properties from event order by at, id',
  );
  return rows.map(({ id, ...row }) => ({ id, row: withEvents(row, eventsOf(id, events)) }));
}

function eventsOf(customerId: string, events: readonly StoredEvent[]): EventsByType {
  const own: Record<string, Record<string, Value>[]> = {};
  for (const { customer_id, type, at, amount, properties } of events)
    if (customer_id === customerId) (own[type] ??= []).push({ ...properties, at, amount });
  return own;
}
