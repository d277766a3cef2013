import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, chown, constants, mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log.ts';
import { StartRefused } from '../start-refused.ts';
import { type Account, run } from './run.ts';

/** Where things lie that every user must be able to reach. */
export const SHARED_FOLDER = '/var/lib/kequn';

/**
 * The folder that holds the lock and, below `postgres`, all that belongs to Postgres: DATA_DIR, or a folder in /var/lib/kequn
 * where DATA_DIR lies out of the account's reach. Which one is written into DATA_DIR, not derived from its path: so a folder
 * that is moved keeps its database, and one that is deleted and made anew does not find the old one again.
 *
 * @throws {StartRefused} when DATA_DIR cannot be written.
 */
export async function findPlace(dataDir: string, account: Account | undefined, log: Log): Promise<string> {
  const folder = await writable(dataDir);
  const pointer = path.join(folder, 'database-place');
  if (!existsSync(pointer)) {
    if (account === undefined || (await canEnter(folder, account))) return folder;
    if (existsSync(path.join(folder, 'postgres'))) {
      throw new StartRefused(
        `The user postgres can no longer reach its database in ${folder}: a folder above it was closed`,
      );
    }
    // Two first starts at once: the one that comes second takes the place that the first one chose.
    await writeFile(pointer, path.join(SHARED_FOLDER, randomUUID()), { flag: 'wx' }).catch(() => undefined);
  }
  const place = await writable(await readFile(pointer, 'utf8'));
  log.info({ place }, 'the user postgres cannot reach DATA_DIR, so its database is kept elsewhere');
  return place;
}

/**
 * The folder of Postgres itself, closed to everybody but the account.
 *
 * @throws {StartRefused} when it belongs to somebody else, as after a start by another user.
 */
export async function makePostgresFolder(place: string, account: Account | undefined): Promise<string> {
  const folder = path.join(place, 'postgres');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const owner = (await stat(folder)).uid;
  // Root's own is one that was just made.
  if (account && owner === 0) await chown(folder, account.uid, account.gid);
  else if (owner !== (account?.uid ?? process.getuid?.() ?? owner)) {
    throw new StartRefused(`The database in ${folder} belongs to another user (${owner}), who must start it`);
  }
  return folder;
}

async function writable(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o755 });
    const folder = await realpath(dataDir);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return folder;
  } catch (error) {
    throw new StartRefused(
      `DATA_DIR ${dataDir} cannot be read and written: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

async function canEnter(folder: string, account: Account): Promise<boolean> {
  return (await run('test', ['-x', folder], account)).ok;
}
