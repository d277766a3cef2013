import { readFile } from 'node:fs/promises';
import { run } from './run.ts';

/** What tells one process from another that later got the same number. */
export interface ProcessFacts {
  readonly startedAt: string;
  readonly command: string;
}

/** The facts of a living process, or undefined when there is none with that number. One that has ended and only waits to be noticed counts as none. */
export async function processFacts(pid: number): Promise<ProcessFacts | undefined> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<ProcessFacts | undefined> {
  try {
    const [stat, command, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The second field, the name, may hold spaces and brackets; state and start time are the 3rd and 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return { startedAt: `${boot.trim()} ${fields[19]}`, command: command.replaceAll('\0', ' ') };
  } catch {
    return undefined;
  }
}

async function fromPs(pid: number): Promise<ProcessFacts | undefined> {
  const { ok, output } = await run('ps', ['-ww', '-o', 'lstart=', '-o', 'command=', '-p', String(pid)]);
  const dateLength = 'Wed Nov 25 02:11:00 2026'.length;
  return ok ? { startedAt: output.slice(0, dateLength), command: output.slice(dateLength + 1) } : undefined;
}
