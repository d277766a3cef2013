import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { removeFolder } from '../../server/src/testing/remove-folder.ts';

const PROGRAM = path.join(import.meta.dirname, '../../server/dist/main.js');

/** As `npm start` and the image run it: what came in as a text never becomes code. */
export const NO_CODE_FROM_STRINGS = '--disallow-code-generation-from-strings';

/** The built server, run as a user runs it: a process of its own that knows only its environment. */
export interface BuiltServer {
  readonly pid: number;
  /** Its line with the address. Rejects when the process ends without it. */
  readonly address: Promise<string>;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
  /** What it has printed so far. */
  printed(): string;
  /** Stops reading what it prints, as `head` does. */
  hangUp(): void;
  /** Asks it to end (SIGTERM unless said otherwise) and waits until it has. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts the built server, on a free port unless `env` names one. */
export function startBuiltServer(env: Record<string, string>): BuiltServer {
  if (!existsSync(PROGRAM)) throw new Error('The server is not built: npm run build');
  const child = spawn(process.execPath, [NO_CODE_FROM_STRINGS, PROGRAM], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (data) => (stderr += String(data)));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data) => {
      stdout += String(data);
      const line = /^Kequn is ready at (http\S+)$/m.exec(stdout);
      if (line?.[1]) resolve(line[1]);
    });
    void ended.then(() => reject(new Error(`The server ended: ${stderr || stdout}`)));
  });
  // Some starts are meant to fail, and nobody asks them for their address.
  address.catch(() => undefined);
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return ended;
  };
  const hangUp = () => {
    child.stdout.destroy();
    child.stderr.destroy();
  };
  return { pid: child.pid ?? 0, address, ended, printed: () => stdout, hangUp, stop };
}

/** A fresh folder for a server's data, which Postgres can reach even where root runs the tests as another user. */
export async function temporaryDataDir(): Promise<{ dataDir: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kequn-data-'));
  await chmod(folder, 0o755);
  return { dataDir: path.join(folder, 'data'), remove: () => removeFolder(folder) };
}

/** The process number of the Postgres that runs in a data folder. */
export async function postgresPid(dataDir: string): Promise<number> {
  const text = await readFile(path.join(dataDir, 'postgres/data/postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}
