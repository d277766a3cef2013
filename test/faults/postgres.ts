import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { postgresAccount } from '../../server/src/platform/embedded-database/account.ts';
import { findBinaries } from '../../server/src/platform/embedded-database/binaries.ts';
import { type Cluster, openCluster } from '../../server/src/platform/embedded-database/cluster.ts';
import { makePostgresFolder } from '../../server/src/platform/embedded-database/place.ts';
import { childEnvironment } from '../../server/src/platform/embedded-database/run.ts';
import { removeFolder } from '../../server/src/testing/remove-folder.ts';

/** A Postgres that belongs to no server: it outlives them, and comes back at the same address after a crash. */
export interface Postgres {
  readonly url: string;
  /** Starts it and waits until it answers. */
  start(): Promise<void>;
  /** Stops it at once, as `pg_ctl stop -m immediate` does: nothing is written down, and its next start recovers from its journal. */
  crash(): Promise<void>;
  remove(): Promise<void>;
}

/** As the embedded one is set, its journal included: what was committed is on disk. */
const SETTINGS = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', jit: 'off' };
const START_MS = 60_000;

/** Makes an empty one in a temporary folder and starts it. */
export async function startPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kequn-faults-'));
  await chmod(folder, 0o755);
  const account = await postgresAccount();
  const binaries = await findBinaries(folder, account);
  const cluster = await openCluster(await makePostgresFolder(folder, account), binaries, account);
  const port = await freePort();
  const url = `postgres://postgres:${cluster.password}@127.0.0.1:${port}/postgres`;
  let running: ChildProcess | undefined;
  const start = async () => {
    running = run(cluster, port);
    await answers(url);
  };
  const crash = async () => {
    await end(running, 'SIGQUIT');
  };
  const remove = async () => {
    await crash();
    await removeFolder(folder);
  };
  await start();
  return { url, start, crash, remove };
}

function run(cluster: Cluster, port: number): ChildProcess {
  const flags = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawn(cluster.binaries.postgres, ['-D', cluster.data, ...flags], {
    cwd: '/',
    env: childEnvironment,
    stdio: 'ignore',
    ...cluster.account,
  });
}

function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.kill(signal);
  });
}

async function answers(url: string): Promise<void> {
  const giveUp = Date.now() + START_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > giveUp) throw error;
      await sleep(20);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Below those that systems give to outgoing connections: while Postgres is away none of them may take its port. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
