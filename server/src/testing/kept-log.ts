import { createLog, type Log } from '../platform/log.ts';

/** A log that is kept instead of printed. */
export interface KeptLog {
  readonly log: Log;
  readonly lines: string[];
  /** The line written last. */
  last(): Record<string, unknown>;
}

/** Makes a log whose lines a test can read. */
export function keptLog(): KeptLog {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}
