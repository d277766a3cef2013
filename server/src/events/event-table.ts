import type { EntityManager } from 'typeorm';
import type { Event } from './event.ts';

/** The one module that knows how events lie in the table `event`. Whoever writes them has locked their customers. */

const columns = `e.id, e.customer_id as "customerId", e.type, e.at, e.amount, e.properties, e.source_id as "sourceId"`;

/** Writes new events, without those whose source is known already; gives the ids of those written. */
export async function insertEvents(manager: EntityManager, events: readonly Event[]): Promise<ReadonlySet<string>> {
  const rows = await manager.query<{ id: string }[]>(
    `insert into event (customer_id, id, type, at, amount, properties, source_id)
     select "customerId", id, type, at, amount, properties, "sourceId"
       from jsonb_to_recordset($1::jsonb) as e ("customerId" uuid, id uuid, type text, at timestamptz,
                                                amount double precision, properties jsonb, "sourceId" text)
     on conflict (customer_id, type, source_id) where source_id is not null do nothing
     returning id`,
    [JSON.stringify(events)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Writes what may be changed of an event. */
export async function updateEvent(
  manager: EntityManager,
  { customerId, id, at, amount, properties }: Event,
): Promise<void> {
  await manager.query(
    `update event set at = $3::timestamptz, amount = $4::double precision, properties = $5::jsonb
      where customer_id = $1 and id = $2`,
    [customerId, id, at, amount, JSON.stringify(properties)],
  );
}

/** Removes an event. */
export async function removeEvent(manager: EntityManager, { customerId, id }: Event): Promise<void> {
  await manager.query('delete from event where customer_id = $1 and id = $2', [customerId, id]);
}

/** The customer of an event, before that one is locked. */
export async function customerOf(manager: EntityManager, id: string): Promise<string | undefined> {
  const [row] = await manager.query<{ customerId: string }[]>(
    'select customer_id as "customerId" from event where id = $1',
    [id],
  );
  return row?.customerId;
}

/** An event of a customer. */
export async function selectEvent(manager: EntityManager, customerId: string, id: string): Promise<Event | undefined> {
  const [event] = await manager.query<Event[]>(
    `select ${columns} from event e where e.customer_id = $1 and e.id = $2`,
    [customerId, id],
  );
  return event;
}

/** Which events of one customer are asked for. */
export interface EventPage {
  readonly customerId: string;
  /** The key of their type; null: of all. */
  readonly type: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** The newest events of each page, whatever number of pages with one statement. */
export async function selectEvents(manager: EntityManager, pages: readonly EventPage[]): Promise<readonly Event[][]> {
  const rows = await manager.query<(Event & { page: number })[]>(
    `select e.*, p.page
       from rows from (jsonb_to_recordset($1::jsonb) as ("customerId" uuid, type text, before timestamptz, "limit" int))
            with ordinality as p (customer_id, type, before, size, page)
      cross join lateral (
            select ${columns} from event e
             where e.customer_id = p.customer_id and (p.type is null or e.type = p.type) and (p.before is null or e.at < p.before)
             order by e.at desc, e.id desc limit p.size) e
      order by p.page, e.at desc, e.id desc`,
    [JSON.stringify(pages)],
  );
  const byPage = pages.map((): Event[] => []);
  for (const { page, ...event } of rows) byPage[page - 1]!.push(event);
  return byPage;
}

/** Which of these properties an event of the type has a value of. */
export async function propertiesInUse(
  manager: EntityManager,
  type: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await manager.query<{ key: string }[]>(
    `select key from unnest($2::text[]) as key
      where exists (select 1 from event e where e.type = $1 and e.properties ? key)`,
    [type, keys],
  );
  return new Set(rows.map(({ key }) => key));
}
