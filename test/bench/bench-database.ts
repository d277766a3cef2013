import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { databaseClock, type RequestContext } from '../../server/src/platform/context.ts';
import { readConfig } from '../../server/src/platform/config.ts';
import { startEmbeddedDatabase } from '../../server/src/platform/embedded-database/start-embedded-database.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { write } from '../../server/src/platform/transaction.ts';
import { newId } from '../../server/src/platform/uuid.ts';
import { kept } from '../../server/src/platform/rule-set.ts';
import { fieldCatalogue } from '../../server/src/fields/catalogue.ts';
import { indexForSearch } from '../../server/src/fields/customer-search.ts';
import { startServer } from '../../server/src/server.ts';
import { removeFolder } from '../../server/src/testing/remove-folder.ts';
import { benchFields } from './bench-fields.ts';
import { person, type Person } from './people.ts';

/** A server on a database of its own, driven over HTTP as any client would. */
export interface BenchServer {
  /** What use cases run with when nobody asked for them. */
  readonly system: RequestContext;
  /** Runs a statement as the owner of the tables. */
  asOwner<T>(sql: string): Promise<readonly T[]>;
  /** Calls the API as the administrator; throws at an answer with errors. */
  ask<T>(query: string, variables?: object): Promise<T>;
  close(): Promise<void>;
}

const admin = { email: 'bench@example.com', password: 'correct horse' };

/** Starts one, empty. */
export async function startBenchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kequn-bench-'));
  await chmod(folder, 0o755);
  const log = createLog('error');
  const embedded = await startEmbeddedDatabase({ dataDir: folder, log });
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password });
  const server = await startServer({ config, databaseUrl: embedded.url, log });
  const url = `${server.address.replace('localhost', '127.0.0.1')}/graphql`;
  let token = '';
  const ask = async <T>(query: string, variables: object = {}): Promise<T> => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const answer = (await response.json()) as { data: T; errors?: unknown };
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  };
  const signIn =
    'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { token } }';
  ({
    login: { token },
  } = await ask<{ login: { token: string } }>(signIn, admin));
  const owner = new pg.Client({ connectionString: embedded.url });
  await owner.connect();
  const asOwner = async <T>(sql: string) => (await owner.query(sql)).rows as T[];
  const close = async () => {
    await owner.end();
    await server.close();
    await embedded.stop();
    await removeFolder(folder);
  };
  const { database } = server;
  const system: RequestContext = {
    database,
    clock: databaseClock,
    log,
    locale: 'en',
    requestId: 'bench',
    address: '',
    actorId: null,
  };
  return { system, asOwner, ask, close };
}

const BATCH = 5_000;

/** Fills an empty server with made-up customers. What they are searched by is indexed at the end, as one does with so many rows. */
export async function fillCustomers(server: BenchServer, count: number): Promise<void> {
  for (const input of benchFields)
    await server.ask('mutation ($input: FieldInput!) { createField(input: $input) { key } }', { input });
  const [index] = await server.asOwner<{ indexdef: string }>(
    `select indexdef from pg_indexes where indexname = 'customer_search_grams'`,
  );
  await server.asOwner('drop index customer_search_grams');
  for (let from = 0; from < count; from += BATCH) {
    await insert(
      server.system,
      Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => person(from + i)),
    );
  }
  await server.asOwner(`set maintenance_work_mem = '1GB'`);
  await server.asOwner(index!.indexdef);
  await server.asOwner('vacuum analyze');
}

async function insert(ctx: RequestContext, people: readonly Person[]): Promise<void> {
  const rows = people.map((each) => ({ id: newId(), ...each }));
  await write(ctx, async (tx) => {
    await tx.manager.query(
      `insert into customer (id, version, created_at, updated_at, ${benchFields.map(({ key }) => `f_${key}`).join(', ')})
       select id, 1, now(), now(), name, phone, email, region, level, spend, orders, birthday, vip
         from jsonb_to_recordset($1::jsonb) as p (id uuid, name text, phone text, email text, region text, level text,
              spend float8, orders float8, birthday date, vip boolean)`,
      [JSON.stringify(rows)],
    );
    const { fields: known } = await kept(tx, fieldCatalogue);
    const customers = rows.map(({ id, ...values }) => ({ customerId: id, values: new Map(Object.entries(values)) }));
    await indexForSearch(tx.manager, known, customers);
  });
}
