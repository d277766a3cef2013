import { spawn } from 'node:child_process';
import path from 'node:path';

/** The folder of the whole project, whichever folder we were started in. */
export const ROOT = path.dirname(import.meta.dirname);

/**
 * Runs a program of the project or of its dependencies at the root.
 *
 * @param {string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] quiet: what it prints is kept, for when it fails
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run([program = '', ...args], { env = {}, quiet = false } = {}) {
  const bin = path.join(ROOT, 'node_modules/.bin');
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`, ...env },
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/**
 * Seconds since a moment of `performance.now()`, for people.
 *
 * @param {number} started
 */
export function secondsSince(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
