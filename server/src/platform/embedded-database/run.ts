import { execFile } from 'node:child_process';

/** The system user that a program runs as; undefined stands for ourselves. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** How a program ended. */
export interface RunResult {
  readonly ok: boolean;
  /** What it printed, or why it could not be started. */
  readonly output: string;
}

/**
 * What our child processes find in their environment. Ours is not passed on: PGPORT, PGDATA and their kind would be obeyed, and
 * messages are matched in English.
 */
export const childEnvironment = { PATH: process.env.PATH, LC_ALL: 'C' };

/** Runs a program to its end. Never rejects. */
export function run(program: string, args: readonly string[], account?: Account): Promise<RunResult> {
  // The account may not be able to enter the folder that we were started in.
  const options = { cwd: '/', env: childEnvironment, timeout: 120_000, ...account };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ ok: error === null, output: `${stdout}${stderr}`.trim() || (error?.message ?? '') });
    });
  });
}

/** The last line of what a program printed, where the reason for its failure stands. */
export function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}
