import pg from 'pg';
import type { Log } from '../log.ts';
import { postgresAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { openCluster } from './cluster.ts';
import { takeLock } from './lock.ts';
import { findPlace, makePostgresFolder } from './place.ts';
import { type Postmaster, startPostmaster, stopOrphan } from './postmaster.ts';

/** What to start, and where. */
export interface EmbeddedDatabaseOptions {
  readonly dataDir: string;
  readonly log: Log;
  /** Called when Postgres ends without having been asked to. */
  readonly onLost?: () => void;
  /** Server settings on top of the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A Postgres that belongs to this process. */
export interface EmbeddedDatabase {
  /** Of its superuser, to the database `kequn`. */
  readonly url: string;
  /** Where its files lie: in `dataDir`, or elsewhere when that could not be. */
  readonly place: string;
  /** The process number of its Postgres. */
  readonly pid: number;
  /** Ends its sessions and stops it. Everything that was committed is on disk. */
  stop(): Promise<void>;
}

const DATABASE = 'kequn';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  timezone: 'UTC',
  // Compiling takes longer than our short statements run.
  jit: 'off',
  // Statements and the rows they failed on hold customers' values: the log must have neither.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/**
 * Starts the database that is used when no DATABASE_URL is given, in a folder that no other server may use meanwhile. After a
 * server was killed, the Postgres that it left is stopped first.
 *
 * @throws {StartRefused} when another server uses the folder, the folder cannot be used, or Postgres does not start.
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const { dataDir, log } = options;
  const account = await postgresAccount();
  const place = await findPlace(dataDir, account, log);
  const lock = await takeLock(place);
  const stops = [lock.release];
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) await each();
  };
  try {
    const binaries = await findBinaries(place, account);
    const cluster = await openCluster(await makePostgresFolder(place, account), binaries, account);
    if (await stopOrphan(cluster)) log.warn('stopped the database of a server that was killed');
    const postmaster = await startPostmaster(cluster, { ...SETTINGS, ...options.settings });
    stops.push(untilWanted(postmaster, options.onLost));
    const url = await ensureDatabase(`postgres://postgres:${cluster.password}@127.0.0.1:${postmaster.port}`);
    return { url, place, pid: postmaster.pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The way to end a running Postgres on purpose; an end that comes otherwise is reported. */
function untilWanted(postmaster: Postmaster, onLost: (() => void) | undefined): () => Promise<void> {
  let wanted = false;
  const watch = async () => {
    await postmaster.ended;
    if (!wanted) onLost?.();
  };
  void watch();
  return () => {
    wanted = true;
    return postmaster.stop();
  };
}

async function ensureDatabase(server: string): Promise<string> {
  const client = new pg.Client(`${server}/postgres`);
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  return `${server}/${DATABASE}`;
}
