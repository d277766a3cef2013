import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartRefused } from '../start-refused.ts';
import type { Binaries } from './binaries.ts';
import { type Account, lastLine, run } from './run.ts';

/** One database cluster on disk, and what is needed to run it. */
export interface Cluster {
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  /** The folder that Postgres calls its data directory. */
  readonly data: string;
  readonly logFile: string;
  /** Of the superuser `postgres`. */
  readonly password: string;
}

/**
 * The cluster in a folder, made there at the first start.
 *
 * @throws {StartRefused} when it cannot be made, was made by another major version of PostgreSQL, or lost its password.
 */
export async function openCluster(folder: string, binaries: Binaries, account: Account | undefined): Promise<Cluster> {
  const data = path.join(folder, 'data');
  const passwordFile = path.join(folder, 'password');
  if (!existsSync(data)) await makeCluster(data, passwordFile, binaries, account);
  try {
    const [major, password] = await Promise.all([
      readFile(path.join(data, 'PG_VERSION'), 'utf8'),
      readFile(passwordFile, 'utf8'),
    ]);
    if (major.trim() === binaries.major) {
      return { binaries, account, data, password, logFile: path.join(folder, 'log') };
    }
    throw new StartRefused(
      `The database in ${data} was made by PostgreSQL ${major.trim()}, and this is PostgreSQL ${binaries.major}`,
    );
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(`The database in ${data} cannot be opened: ${error instanceof Error ? error.message : ''}`);
  }
}

/** The cluster appears at its place only when it is complete; what a start that was cut short left is thrown away. */
async function makeCluster(
  data: string,
  passwordFile: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  const draft = `${data}.new`;
  await rm(draft, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  if (account) await chown(passwordFile, account.uid, account.gid);
  const flags = [
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    // Postgres's own C.UTF-8 sorts and folds alike on every machine, and not every machine has one in its C library.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  const made = await run(binaries.initdb, [`--pgdata=${draft}`, ...flags], account);
  if (!made.ok) throw new StartRefused(`PostgreSQL could not make a database in ${data}: ${lastLine(made.output)}`);
  await rename(draft, data);
}
