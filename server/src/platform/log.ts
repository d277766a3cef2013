import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** One JSON object a line. What is logged are ids, counts and codes, never what a customer's fields hold. */
export type Log = Logger;

/** The log of the process, on standard output unless another destination is given. */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What of an error may be logged. */
interface ErrorDescription {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly stack?: string;
}

/**
 * An error without what could hold a customer's value. The database's own messages quote the offending input, its `detail` the
 * row and TypeORM's errors the parameters: of these only the type, the SQLSTATE and the places in the code are kept.
 */
function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const fromDatabase = (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) || 'driverError' in error;
  const places = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, code, message: fromDatabase ? undefined : error.message, stack: places?.join('\n') };
}

/** Nest's own messages, through our log. */
export class NestLog implements LoggerService {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  log(message: unknown, ...rest: unknown[]): void {
    // Nest tells of every module and route it sets up; that is of use only to somebody who looks for it.
    this.#write('debug', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  /** Nest's convention: the last of the rest is the name of the class that speaks; an error's stack may come before it. */
  #write(level: 'debug' | 'warn' | 'error' | 'fatal', message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    const err = [message, ...rest].find((part) => part instanceof Error);
    const text = typeof message === 'string' ? message : 'error';
    this.#log[level]({ err, context: typeof context === 'string' ? context : undefined }, text);
  }
}
