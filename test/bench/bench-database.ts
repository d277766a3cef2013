import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { databaseClock, type RequestContext } from '../../server/src/platform/context.ts';
import { readConfig } from '../../server/src/platform/config.ts';
import { startEmbeddedDatabase } from '../../server/src/platform/embedded-database/start-embedded-database.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { startServer } from '../../server/src/server.ts';
import { removeFolder } from '../../server/src/testing/remove-folder.ts';

/** A server on a database of its own, driven over HTTP as any client would. */
export interface BenchServer {
  /** Where it listens; it takes the address of a caller from X-Forwarded-For. */
  readonly url: string;
  /** What use cases run with when nobody asked for them. */
  readonly system: RequestContext;
  /** A folder that its database can read too, gone when it closes. */
  readonly folder: string;
  /** Runs a statement as the owner of the tables. */
  asOwner<T>(sql: string, parameters?: readonly unknown[]): Promise<readonly T[]>;
  /** Calls the API as the administrator; throws at an answer with errors. */
  ask<T>(query: string, variables?: object): Promise<T>;
  /** The same as somebody else. */
  signIn(email: string, password: string): Promise<BenchServer['ask']>;
  close(): Promise<void>;
}

const admin = { email: 'bench@example.com', password: 'correct horse' };

/** Starts one, empty. */
export async function startBenchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kequn-bench-'));
  await chmod(folder, 0o755);
  const log = createLog('error');
  const embedded = await startEmbeddedDatabase({ dataDir: folder, log });
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    TRUSTED_PROXIES: '1',
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
  });
  const server = await startServer({ config, databaseUrl: embedded.url, log });
  const url = server.address.replace('localhost', '127.0.0.1');
  const signIn = (email: string, password: string) => callerAs(`${url}/graphql`, email, password);
  const owner = new pg.Client({ connectionString: embedded.url });
  await owner.connect();
  const asOwner = async <T>(sql: string, parameters?: readonly unknown[]) =>
    (await owner.query(sql, parameters && [...parameters])).rows as T[];
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
  return { url, system, folder, asOwner, ask: await signIn(admin.email, admin.password), signIn, close };
}

async function callerAs(url: string, email: string, password: string): Promise<BenchServer['ask']> {
  const login =
    'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { token } }';
  const answer = await call<{ login: { token: string } }>(url, {}, { query: login, variables: { email, password } });
  const headers = { authorization: `Bearer ${answer.login.token}` };
  return (query, variables = {}) => call(url, headers, { query, variables });
}

async function call<T>(url: string, headers: object, body: object): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { data: T; errors?: unknown };
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}
