import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { openDatabase } from '../platform/database.ts';
import { readConfig } from '../platform/config.ts';
import type { Clock, Database } from '../platform/context.ts';
import { createLog, type Log } from '../platform/log.ts';
import { newId } from '../platform/uuid.ts';
import { startServer } from '../server.ts';
import { removeFolder } from './remove-folder.ts';

/** What a call answered. */
export interface Answer<T> {
  readonly status: number;
  readonly data: T;
  readonly errors?: readonly { message: string; extensions: Record<string, unknown> & { code: string } }[];
}

/** A server of its own database, with an administrator who is signed in. */
export interface TestServer {
  readonly url: string;
  readonly database: Database;
  readonly token: string;
  /** Where its files stand. */
  readonly dataDir: string;
  /** Calls as the administrator, unless another token (or null: nobody) is given. */
  call<T = Record<string, never>>(query: string, variables?: object, options?: CallOptions): Promise<Answer<T>>;
  /** The same for calls that must not fail. */
  ask<T>(query: string, variables?: object, options?: CallOptions): Promise<T>;
  /** Another user with these roles, signed in: its token. */
  signInAs(roleIds: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/** How a call differs from the usual. */
export interface CallOptions {
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The administrator of every test server. */
export const admin = { email: 'admin@example.com', password: 'correct horse' } as const;

const TEMPLATE = 'kequn_template';
const TEMPLATE_LOCK = 77_001;

/** Makes a database for one test file: a copy of a template that the first caller of a run migrates. Gives its address. */
export async function createTestDatabase(): Promise<string> {
  const cluster = new URL(inject('clusterUrl'));
  const name = `test_${newId().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: cluster.href });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (rowCount === 0) await migrateTemplate(client, cluster);
    await client.query(`create database ${name} template ${TEMPLATE}`);
  } finally {
    await client.end();
  }
  return urlOf(cluster, name);
}

async function migrateTemplate(client: pg.Client, cluster: URL): Promise<void> {
  const building = `${TEMPLATE}_building`;
  await client.query(`drop database if exists ${building} with (force)`);
  await client.query(`create database ${building}`);
  const url = urlOf(cluster, building);
  const { source } = await openDatabase({ url, timeZone: 'Asia/Shanghai', entities: [], log: quiet, many: 20_000 });
  await source.destroy();
  await client.query(`alter database ${building} rename to ${TEMPLATE}`);
}

function urlOf(cluster: URL, name: string): string {
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return url.href;
}

const quiet: Log = createLog('error');

/**
 * Starts a server for one test file; `clock` replaces the database's, `log` the quiet one, `databaseUrl` the usual new database. Customers
 * whom time moves are moved by the test, unless the server `sweeps`; from `many` customers on changes of rules are jobs; a server that `trustsProxies` takes
 * the address of a caller from X-Forwarded-For.
 */
export async function startTestServer({
  clock,
  log = quiet,
  databaseUrl: given,
  sweeps = false,
  many,
  trustsProxies = false,
}: {
  clock?: Clock;
  log?: Log;
  databaseUrl?: string;
  sweeps?: boolean;
  many?: number;
  trustsProxies?: boolean;
} = {}): Promise<TestServer> {
  const dataDir = path.join(tmpdir(), `kequn-files-${newId()}`);
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    SELF_CHECK_EVERY: '1',
    DATA_DIR: dataDir,
    ...(many !== undefined && { JOBS_FROM: String(many) }),
    ...(trustsProxies && { TRUSTED_PROXIES: '1' }),
  });
  // 0 is "any port": the configuration of a real start names one.
  const databaseUrl = given ?? (await createTestDatabase());
  const server = await startServer({
    config,
    databaseUrl,
    log,
    leavesTime: !sweeps,
    ...(clock && { clock }),
  });
  const url = server.address.replace('localhost', '127.0.0.1');
  const call = caller(url, () => token);
  let token = '';
  const ask = async <T>(query: string, variables?: object, options?: CallOptions): Promise<T> => {
    const answer = await call<T>(query, variables, options);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  };
  token = await signIn(ask, admin.email, admin.password);
  return {
    url,
    database: server.database,
    token,
    call,
    ask,
    signInAs: (roleIds) => makeUser(server.database, ask, roleIds),
    dataDir,
    close: async () => {
      await server.close();
      await removeFolder(dataDir);
    },
  };
}

function caller(url: string, token: () => string): TestServer['call'] {
  return async (query, variables = {}, options = {}) => {
    const bearer = options.token === undefined ? token() : options.token;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': 'en',
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...options.headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as object) } as Awaited<
      ReturnType<TestServer['call']>
    > as never;
  };
}

async function signIn(ask: TestServer['ask'], email: string, password: string): Promise<string> {
  const query =
    'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { token } }';
  const { login } = await ask<{ login: { token: string } }>(query, { email, password }, { token: null });
  return login.token;
}

async function makeUser(database: Database, ask: TestServer['ask'], roleIds: readonly string[]): Promise<string> {
  const id = newId();
  const email = `${id}@example.com`;
  await database.source.query(
    `insert into app_user (id, email, name, password_hash) select $1, $2, $2, password_hash from app_user where email = $3`,
    [id, email, admin.email],
  );
  await database.source.query('insert into user_role select $1, unnest($2::uuid[])', [id, roleIds]);
  return signIn(ask, email, admin.password);
}
