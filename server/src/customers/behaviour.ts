import {
  eventTypesOf,
  segmentsOf,
  withEvents,
  withSegments,
  type EventsByType,
  type Node,
  type Row,
} from '@kequn/rules';
import type { RequestContext, Transactional } from '../platform/context.ts';

/** A customer's row with all that a rule reads beside the fields: what the customer did, and which segments it is in. */
export async function withBehaviour(
  { manager }: Transactional<RequestContext>,
  customer: { readonly id: string; readonly row: Row },
  rule: Node,
): Promise<Row> {
  const types = [...eventTypesOf(rule)];
  const events = types.length === 0 ? {} : await eventsOf(manager, customer.id, types);
  const segments = segmentsOf(rule).size === 0 ? [] : await segmentKeysOf(manager, customer.id);
  return withSegments(withEvents(customer.row, events), segments);
}

type Manager = Transactional<RequestContext>['manager'];

async function eventsOf(manager: Manager, customerId: string, types: readonly string[]): Promise<EventsByType> {
  const events = await manager.query<{ type: string; at: string; amount: number | null; properties: Row }[]>(
    `select type, at, amount, properties from event
      where customer_id = $1 and type = any($2::text[]) order by at, id`,
    [customerId, types],
  );
  const rowsOf = (type: string): readonly Row[] =>
    events.filter((event) => event.type === type).map(({ at, amount, properties }) => ({ ...properties, at, amount }));
  return Object.fromEntries(types.map((type) => [type, rowsOf(type)]));
}

async function segmentKeysOf(manager: Manager, customerId: string): Promise<readonly string[]> {
  const rows = await manager.query<{ key: string }[]>(
    `select s.key from membership m join segment s on s.generation_id = m.generation_id where m.customer_id = $1`,
    [customerId],
  );
  return rows.map(({ key }) => key);
}
