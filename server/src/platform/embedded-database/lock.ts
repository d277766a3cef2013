import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartRefused } from '../start-refused.ts';
import { processFacts } from './process-facts.ts';

interface Owner {
  readonly pid: number;
  readonly startedAt: string;
}

/**
 * Takes the folder for this process until `release`, by the file server.lock. A lock whose owner is dead is taken over; the
 * start time in it keeps a stranger with the same process number from being taken for the owner.
 *
 * @throws {StartRefused} when a living process holds it.
 */
export async function takeLock(folder: string): Promise<{ release(): Promise<void> }> {
  const file = path.join(folder, 'server.lock');
  const draft = `${file}.${process.pid}`;
  const facts = await processFacts(process.pid);
  const me: Owner = { pid: process.pid, startedAt: facts?.startedAt ?? '' };
  await writeFile(draft, JSON.stringify(me));
  try {
    while (!(await linked(draft, file))) await removeDeadLock(folder, file);
  } finally {
    await rm(draft, { force: true });
  }
  return { release: () => rm(file, { force: true }) };
}

/** A hard link is made whole or not at all, and never over a file that is there. */
async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function removeDeadLock(folder: string, file: string): Promise<void> {
  refuseLiving(await livingOwner(file), folder);
  const aside = `${file}.dead.${process.pid}`;
  try {
    await rename(file, aside);
  } catch (error) {
    // Another start took it away before us; the next attempt sees what that one put there.
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  // Between our look and our rename another start may have put its own lock there: then that one goes back.
  const owner = await livingOwner(aside);
  if (owner) await linked(aside, file);
  await rm(aside, { force: true });
  refuseLiving(owner, folder);
}

function refuseLiving(owner: Owner | undefined, folder: string): void {
  if (owner) throw new StartRefused(`Kequn is already running on ${folder} (process ${owner.pid})`);
}

/** Who holds the lock, if that process still lives. A file that cannot be read as a lock was cut short and has no owner. */
async function livingOwner(file: string): Promise<Owner | undefined> {
  try {
    const owner = JSON.parse(await readFile(file, 'utf8')) as Owner;
    const facts = await processFacts(owner.pid);
    return facts?.startedAt === owner.startedAt ? owner : undefined;
  } catch {
    return undefined;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
