import { StartRefused } from '../start-refused.ts';
import { type Account, lastLine, run } from './run.ts';

/**
 * The account that Postgres, which never runs as root, is to run as: the system user `postgres`, made where it is missing.
 * Undefined where we are not root: then it runs as ourselves.
 *
 * @throws {StartRefused} when the user is missing and cannot be made.
 */
export async function postgresAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await lookUp();
  if (existing) return existing;
  const made = await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]);
  const account = await lookUp();
  if (account) return account;
  throw new StartRefused(
    `PostgreSQL does not run as root, and the user postgres could not be made: ${lastLine(made.output)}`,
  );
}

async function lookUp(): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return uid.ok && gid.ok ? { uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}
