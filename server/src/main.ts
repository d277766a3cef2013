import 'reflect-metadata';
import { readConfig } from './platform/config.ts';
import { startEmbeddedDatabase } from './platform/embedded-database/start-embedded-database.ts';
import { createLog, type Log } from './platform/log.ts';
import { StartRefused } from './platform/start-refused.ts';
import { startServer } from './server.ts';

/** The database may take 4 s of the 10 s within which everything has to be down; open requests get the rest. */
const CLOSE_SERVER_MS = 5000;
const CLOSE_ALL_MS = 10_000;

/** What is running, in the order in which it was started. */
const stops: (() => Promise<void>)[] = [];
let log: Log = createLog('info');
let starting: Promise<void> = Promise.resolve();
let ending = false;

async function start(): Promise<void> {
  const config = readConfig(process.env);
  log = createLog(config.logLevel);
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config.dataDir));
  const server = await startServer({ config, databaseUrl, log });
  stops.push(() => within(CLOSE_SERVER_MS, server.close()));
  // Not waited for: whoever ends the server while it is being filled need not wait either.
  void server.filled.then(() => sayReady(server.address));
}

function sayReady(address: string): void {
  if (!ending) process.stdout.write(`Kequn is ready at ${address}\n`);
}

async function startDatabase(dataDir: string): Promise<string> {
  const onLost = () => {
    log.fatal('the embedded database ended');
    void end(1);
  };
  const database = await startEmbeddedDatabase({ dataDir, log, onLost });
  stops.push(database.stop);
  return database.url;
}

/** Stops what runs, the last started first, and leaves. Only the first call counts. */
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(1), CLOSE_ALL_MS).unref();
  // A start that is under way is waited for, if it does not take too long: half of it could not be stopped.
  await within(CLOSE_SERVER_MS, starting).catch(() => undefined);
  for (const stop of stops.toReversed()) {
    await stop().catch((error: unknown) => {
      log.error({ err: error }, 'stopping failed');
      code = 1;
    });
  }
  process.exit(code);
}

/** @throws {Error} when it takes longer. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const tooLate = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms).unref();
  });
  await Promise.race([work, tooLate]);
}

function failed(error: unknown): void {
  if (error instanceof StartRefused) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, 'failed');
  void end(1);
}

function ignoreClosedPipe(error: unknown): void {
  // Whoever read our output has gone; that is no reason for a server to stop.
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) failed(error);
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0));
for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
process.on('uncaughtException', ignoreClosedPipe);
process.on('unhandledRejection', failed);

starting = start();
// Ctrl-C reaches the programs that a first start runs too: their failing then is no news.
starting.catch((error: unknown) => (ending ? undefined : failed(error)));
