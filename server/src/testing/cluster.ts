import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedDatabase } from '../platform/embedded-database/start-embedded-database.ts';
import { createLog } from '../platform/log.ts';
import { removeFolder } from './remove-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the superuser of the run's Postgres; every test file makes databases of its own in it. */
    clusterUrl: string;
  }
}

interface Shared {
  readonly url: string;
  users: number;
  remove(): Promise<void>;
}

// Vitest loads this file anew for each of its projects; what they share has to lie outside of the module.
const shared: { cluster?: Promise<Shared> } = ((
  globalThis as { kequnCluster?: { cluster?: Promise<Shared> } }
).kequnCluster ??= {});

/** Vitest's global set-up: one Postgres for all projects of a run, gone when the last of them ends or the run is interrupted. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.cluster ??= startCluster();
  const cluster = await shared.cluster;
  cluster.users += 1;
  project.provide('clusterUrl', cluster.url);
  return async () => {
    cluster.users -= 1;
    if (cluster.users === 0) await cluster.remove();
  };
}

async function startCluster(): Promise<Shared> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kequn-test-'));
  // When root runs the tests, Postgres runs as another user, who must be able to enter.
  await chmod(folder, 0o755);
  // A test's data need not survive a power cut.
  const database = await startEmbeddedDatabase({ dataDir: folder, log: createLog('warn'), settings: { fsync: 'off' } });
  const abandon = () => {
    process.kill(database.pid, 'SIGQUIT');
    removeFolders();
  };
  const removeFolders = () => {
    for (const each of [database.place, folder]) rmSync(each, { recursive: true, force: true, maxRetries: 10 });
  };
  // After Ctrl-C Vitest leaves at once: only what is done without waiting is still done.
  process.once('exit', abandon);
  const remove = async () => {
    process.off('exit', abandon);
    await database.stop();
    for (const each of [database.place, folder]) await removeFolder(each);
  };
  return { url: database.url, users: 0, remove };
}
