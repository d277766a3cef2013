import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';
import type { Ledger } from './ledger.ts';
import { oneOf } from './one-of.ts';

const HOUR = 3_600_000;

/** One of those who write side by side. */
export interface Writer {
  readonly client: Client;
  readonly ledger: Ledger;
  readonly ids: readonly string[];
  /** The newest version of each customer that any writer has met. */
  readonly versions: Map<string, number>;
  readonly name: string;
  /** That it is to end instead of trying again. */
  readonly ending: AbortSignal;
}

let marks = 0;

/** A number that no other save or event has. */
export function newMark(): number {
  marks += 1;
  return marks;
}

/** Values by which a customer moves at once and, some seconds later, by time alone. */
export function someValues(): Record<string, unknown> {
  const all = {
    points: Math.floor(Math.random() * 100),
    city: oneOf(['上海', '北京', null]),
    promised: soon(0),
    seen: soon(-HOUR),
  };
  return Object.fromEntries(Object.entries(all).filter(() => Math.random() < 0.5));
}

/** Saves a customer, at the version that is told, until it is done. */
export async function saveOne({ client, ledger, ids, versions, ending }: Writer): Promise<void> {
  const id = oneOf(ids);
  while (!ending.aborted) {
    const [version, mark] = [versions.get(id)!, newMark()];
    ledger.send(id, { version: version + 1, mark });
    const outcome = await client.call<{ saveCustomer: { customer: { version: number } } }>(
      'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { version } } }',
      { input: { id, version, values: { ...someValues(), mark } } },
    );
    if (outcome.kind === 'done') {
      const made = outcome.data.saveCustomer.customer.version;
      versions.set(id, Math.max(versions.get(id)!, made));
      ledger.save(id, { version: made, mark });
      return;
    }
    if (outcome.kind === 'refused' && outcome.currentVersion !== null) versions.set(id, outcome.currentVersion);
    else await rest();
  }
}

const RECORD = 'mutation ($events: [EventInput!]!) { recordEvents(events: $events) }';
const CORRECT = 'mutation ($id: ID!, $input: EventInput!) { correctEvent(id: $id, input: $input) { amount } }';

/** Records an event until it is acknowledged: its source's id makes sure that it is recorded once. */
export async function recordOne({ client, ledger, ids, name, ending }: Writer): Promise<void> {
  const amount = newMark();
  const event = { customerId: oneOf(ids), type: 'order', at: soon(-HOUR), amount, sourceId: `${name}-${amount}` };
  while (!ending.aborted) {
    const outcome = await client.call(RECORD, { events: [event] });
    if (outcome.kind === 'done') return ledger.saveEvent(event.sourceId, amount);
    await rest();
  }
}

interface Recorded {
  readonly id: string;
  readonly sourceId: string;
}

/** Corrects one of the events that this writer recorded, if a customer has one; tries once. */
export async function correctOne({ client, ledger, ids, name }: Writer): Promise<void> {
  const customerId = oneOf(ids);
  const query = 'query ($id: ID!) { customer(id: $id) { events(first: 50) { id sourceId } } }';
  const found = await client.call<{ customer: { events: readonly Recorded[] } }>(query, { id: customerId });
  const own = found.kind === 'done' ? found.data.customer.events.filter((event) => isOf(name, event)) : [];
  if (own.length === 0) return;
  const { id, sourceId } = oneOf(own);
  const amount = newMark();
  ledger.sendEvent(sourceId, amount);
  const input = { customerId, type: 'order', at: soon(-HOUR), amount };
  if ((await client.call(CORRECT, { id, input })).kind === 'done') ledger.saveEvent(sourceId, amount);
  else await rest();
}

function isOf(name: string, { sourceId }: Recorded): boolean {
  return sourceId.startsWith(`${name}-`);
}

/** An instant within the next seconds, moved by so many milliseconds. */
function soon(by: number): string {
  return new Date(Date.now() + by + 500 + Math.random() * 7_500).toISOString();
}

async function rest(): Promise<void> {
  await sleep(20 + Math.random() * 80);
}
