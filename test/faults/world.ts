import type { Acknowledged } from './ledger.ts';
import { Client } from './client.ts';
import { historyFaultsIn } from './history.ts';
import { inSnapshot, standingIn } from './invariant.ts';
import { startLoad, type Load } from './load.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { ServerProcess } from './processes.ts';
import { fields, rules } from './segments.ts';
import { newMark, someValues } from './writers.ts';

const CUSTOMERS = 60;

/** Two server processes at one Postgres, and those who work with them. */
export interface World {
  readonly postgres: Postgres;
  readonly servers: readonly ServerProcess[];
  readonly client: Client;
  readonly load: Load;
  /** How many pairs of segment and customer the snapshots compared. */
  compared(): number;
  /** What one snapshot holds against the laws: I1, history, outbox, and what had been acknowledged before it. */
  faults(): Promise<readonly string[]>;
  /** What has still to come to its end: customers that are due, rebuilds, and jobs. */
  unsettled(): Promise<number>;
  end(): Promise<void>;
}

/** Starts all of it; the load is at work. Of the changes of rules, those that one of the servers is asked for are done by jobs. */
export async function startWorld({ withJobs = true } = {}): Promise<World> {
  const postgres = await startPostgres();
  const settings = { JOBS_FROM: String(withJobs ? CUSTOMERS / 2 : 20_000) };
  const servers = [new ServerProcess(postgres.url), new ServerProcess(postgres.url, settings)];
  await Promise.all(servers.map((server) => server.start()));
  const client = new Client(servers);
  await client.signIn();
  const load = startLoad(client, await fill(client));
  let compared = 0;
  const faults = async () => {
    const { asked, broken } = await lawsBroken(postgres.url, load);
    compared += asked;
    return broken;
  };
  const end = async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await postgres.remove();
  };
  const unsettled = () => countUnsettled(postgres.url);
  return { postgres, servers, client, load, compared: () => compared, faults, unsettled, end };
}

async function lawsBroken(url: string, { ledger }: Load): Promise<{ asked: number; broken: readonly string[] }> {
  const before: Acknowledged = ledger.copy();
  return inSnapshot(url, async (snapshot) => {
    const { asked, wrong } = await standingIn(snapshot);
    const broken = [...(await historyFaultsIn(snapshot)), ...(await ledger.lostIn(snapshot.client, before))];
    return { asked, broken: [...wrong, ...broken] };
  });
}

function countUnsettled(url: string): Promise<number> {
  return inSnapshot(url, async ({ client, now }) => {
    const { rows } = await client.query<{ left: number }>(
      `select ((select count(*) from customer_due where due_at <= $1) + (select count(*) from rebuild)
             + (select count(*) from job where status in ('QUEUED', 'RUNNING')))::int as left`,
      [now],
    );
    return rows[0]!.left;
  });
}

async function fill(client: Client): Promise<readonly { id: string; mark: number }[]> {
  for (const input of fields)
    await client.ask('mutation ($input: FieldInput!) { createField(input: $input) { key } }', { input });
  for (const [key, rule] of Object.entries(rules)) {
    const input = { key, name: key, rule: rule(50) };
    const query = 'mutation ($input: SegmentInput!) { segment: saveSegment(input: $input) { id } }';
    const { segment } = await client.ask<{ segment: { id: string } }>(query, { input });
    await client.ask('mutation ($id: ID!) { activateSegment(id: $id) { id } }', segment);
  }
  const customers: { id: string; mark: number }[] = [];
  for (let n = 0; n < CUSTOMERS; n += 1) {
    const mark = newMark();
    const query = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id } } }';
    const input = { values: { ...someValues(), mark } };
    const { saveCustomer } = await client.ask<{ saveCustomer: { customer: { id: string } } }>(query, { input });
    customers.push({ ...saveCustomer.customer, mark });
  }
  return customers;
}
