import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartRefused } from '../start-refused.ts';
import type { Cluster } from './cluster.ts';
import { processFacts } from './process-facts.ts';
import { childEnvironment } from './run.ts';

/** A running Postgres. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Resolves when the process is gone, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Generous, for after a crash Postgres first repeats what its journal holds. */
const START_SECONDS = 300;
const STOP_SECONDS = 4;

/**
 * Starts Postgres on a free port of 127.0.0.1 and waits until it accepts connections.
 *
 * @throws {StartRefused} with the reason that Postgres gave, when it does not come up.
 */
export async function startPostmaster(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster> {
  const port = await freePort();
  const child = spawnPostgres(cluster, { ...settings, port: String(port) });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()));
  const { pid } = child;
  if (pid === undefined || !(await becomesReady(cluster, child))) {
    await stopProcess(pid);
    throw new StartRefused(`PostgreSQL did not start: ${await lastReason(cluster.logFile)}`);
  }
  return { pid, port, ended, stop: () => stopProcess(pid).then(() => ended) };
}

/** Stops a Postgres that a server which was killed left running on the cluster. Says whether there was one. */
export async function stopOrphan(cluster: Cluster): Promise<boolean> {
  const { pid } = await readPidFile(cluster);
  if (pid === undefined) return false;
  const facts = await processFacts(pid);
  if (facts?.command.includes(cluster.data)) {
    await stopProcess(pid);
    return true;
  }
  // Since then the number went to a stranger or to nobody; Postgres would take a stranger for itself and refuse to start.
  await rm(path.join(cluster.data, 'postmaster.pid'), { force: true });
  return false;
}

function spawnPostgres(cluster: Cluster, settings: Readonly<Record<string, string>>): ChildProcess {
  // The log is of one start; that of the start before is kept beside it.
  if (existsSync(cluster.logFile)) renameSync(cluster.logFile, `${cluster.logFile}.previous`);
  const log = openSync(cluster.logFile, 'a', 0o600);
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    return spawn(cluster.binaries.postgres, ['-D', cluster.data, ...flags], {
      cwd: '/',
      env: childEnvironment,
      stdio: ['ignore', log, log],
      // In a group of its own: Ctrl-C at the terminal must reach the server alone, which still needs its database to close.
      detached: true,
      ...cluster.account,
    });
  } finally {
    closeSync(log);
  }
}

async function becomesReady(cluster: Cluster, child: ChildProcess): Promise<boolean> {
  const giveUp = Date.now() + START_SECONDS * 1000;
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null && Date.now() < giveUp) {
    const { pid, status } = await readPidFile(cluster);
    if (pid === child.pid && status === 'ready') return true;
    await sleep(20);
  }
  return false;
}

/** Postgres tells in postmaster.pid, in its first line, its process number and in its eighth how far its start has come. */
async function readPidFile(cluster: Cluster): Promise<{ pid?: number; status?: string }> {
  try {
    const lines = (await readFile(path.join(cluster.data, 'postmaster.pid'), 'utf8')).split('\n');
    return { pid: Number(lines[0]), status: lines[7]?.trim() };
  } catch {
    return {};
  }
}

/** Ends sessions and writes everything down ("fast"); past its time, at once, to be recovered at the next start ("immediate"). */
async function stopProcess(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    const giveUp = Date.now() + STOP_SECONDS * 1000;
    if (!sendSignal(pid, signal)) return;
    while (Date.now() < giveUp) {
      if ((await processFacts(pid)) === undefined) return;
      await sleep(20);
    }
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function lastReason(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n');
  const reason = lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? '';
  return `${reason.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '')} (${logFile})`;
}

/** Free at the moment of asking; whoever takes it before Postgres does makes the start fail with a clear reason. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}
