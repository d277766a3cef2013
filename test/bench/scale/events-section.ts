import type { BenchServer } from '../bench-database.ts';
import { newId } from '../../../server/src/platform/uuid.ts';
import type { Section } from '../section.ts';
import { timedInTurns, type Timings } from '../timings.ts';
import { ratio, type ScaleRow } from './scale-row.ts';

const RECORD = 'mutation ($events: [EventInput!]!) { recordEvents(events: $events) }';
const CUSTOMERS = 20_000;
const BATCHES = 20;

/** Events recorded one call after the other, in turn with SQL by hand that writes the same rows; no segment reads them. */
export const eventsSection: Section = {
  name: 'scale-events',
  about: 'events a second, one call after the other',
  async run({ filled }) {
    const server = await filled();
    const customers = await server.asOwner<{ id: string }>(`select id from customer order by id limit ${CUSTOMERS}`);
    const ids = customers.map(({ id }) => id);
    return [await recording(server, ids, 1_000), await recording(server, ids, 1)];
  },
};

async function recording({ ask, asOwner }: BenchServer, ids: readonly string[], size: number): Promise<ScaleRow> {
  let made = 0;
  const batch = () => Array.from({ length: size }, () => event(ids[(made += 1) % ids.length]!));
  const pieces = [
    { what: 'recorded', work: () => ask(RECORD, { events: batch() }) },
    { what: 'by hand', work: () => asOwner(RECORD_BY_HAND, [JSON.stringify(batch().map(withId))]) },
  ];
  const [measured, byHand] = await timedInTurns(pieces, size === 1 ? 300 : BATCHES, 3);
  const rate = ({ p50 }: Timings) => `${Math.round((size * 1_000) / p50)} a second`;
  return {
    what: `events, ${size} a call`,
    measured: rate(measured!),
    'SQL by hand': rate(byHand!),
    ratio: ratio(measured!.p50, byHand!.p50),
    goal: '',
  };
}

function event(customerId: string) {
  return { customerId, type: 'order', at: new Date().toISOString(), amount: 100 };
}

function withId(made: ReturnType<typeof event>) {
  return { ...made, id: newId() };
}

const RECORD_BY_HAND = `
  with recorded as (
         insert into event (customer_id, id, type, at, amount, properties)
         select "customerId", id, type, at, amount, '{}'
           from jsonb_to_recordset($1::jsonb) as e ("customerId" uuid, id uuid, type text, at timestamptz, amount float8)
         returning customer_id, id, type, at, amount),
       noted as (
         insert into audit_entry (at, action, target, changes)
         select now(), 'event.recorded', 'customer:' || customer_id,
                jsonb_build_object('event', jsonb_build_object('id', id, 'type', type), 'to', jsonb_build_object('at', at, 'amount', amount))
           from recorded)
  insert into outbox (customer_id, kind, payload, at)
  select customer_id, 'event.recorded', jsonb_build_object('eventId', id, 'type', type), now() from recorded`;
