import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createAdministrator, type Credentials } from './access/create-administrator.ts';
import type { ServerParts } from './access/request-context.ts';
import { socketContext } from './access/socket-context.ts';
import { AppModule, entities, jobKinds } from './app.module.ts';
import { startConversionClock } from './conversions/conversion-clock.ts';
import { demoEnd, loadDemoAtStart } from './demo/load-demo-at-start.ts';
import { startJobRunner, type JobRunner } from './jobs/job-runner.ts';
import { startFileClock } from './files/file-clock.ts';
import type { FileStore } from './files/file-store.ts';
import { openFileStore } from './files/open-file-store.ts';
import { rebuildSearchIfOld } from './fields/rebuild-search.ts';
import type { Config } from './platform/config.ts';
import { databaseClock, type Clock, type Database, type RequestContext } from './platform/context.ts';
import { openDatabase } from './platform/database.ts';
import { serveSubscriptions, type Subscriptions } from './platform/graphql/subscriptions.ts';
import { bodyErrors } from './platform/http/body-errors.ts';
import { jsonBody } from './platform/http/json-body.ts';
import { pageBody } from './platform/http/page-body.ts';
import { requestLog } from './platform/http/request-log.ts';
import { securityHeaders } from './platform/http/security-headers.ts';
import { staticWeb } from './platform/http/static-web.ts';
import type { Looking } from './platform/keep-looking.ts';
import { NestLog, type Log } from './platform/log.ts';
import { Metrics } from './platform/metrics.ts';
import { SelfCheck } from './platform/self-check.ts';
import { StartRefused } from './platform/start-refused.ts';
import { startRetention } from './retention/retention-clock.ts';
import { evaluateIfOld } from './segments/evaluate-if-old.ts';
import { pauseBrokenSegments } from './segments/pause-broken-segments.ts';
import { startSweeper, type Sweeper } from './segments/sweeper.ts';

/** Where the web build puts the app; the same from the sources and from the server's own build. */
const builtWeb = path.join(import.meta.dirname, '../../web/dist');

/** What a server is started with. */
export interface ServerOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly log: Log;
  /** Another clock than the database's, for tests. */
  readonly clock?: Clock;
  /** That this process lets others move the customers whom time moves. */
  readonly leavesTime?: boolean;
}

/** A server that listens. */
export interface RunningServer {
  readonly address: string;
  readonly database: Database;
  /** Once the demo data is there that this start was to load; at once where it was to load none. */
  readonly filled: Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens and migrates the database, makes the first administrator, pauses segments whose rule is none any more, and listens. The demo
 * data, where it is asked for, is loaded while it listens.
 *
 * @throws {StartRefused} with one line: the port is taken, or the database cannot be used.
 */
export async function startServer({
  config,
  databaseUrl,
  log,
  clock = databaseClock,
  leavesTime = false,
}: ServerOptions): Promise<RunningServer> {
  const database = await openDatabase({
    url: databaseUrl,
    timeZone: config.timeZone,
    entities,
    log,
    many: config.jobsFrom,
  });
  try {
    const system: RequestContext = {
      database,
      clock,
      log,
      locale: 'zh-CN',
      requestId: 'start',
      address: '',
      actorId: null,
    };
    const made = await createAdministrator(system, givenCredentials(config));
    if (made) process.stdout.write(`Administrator ${made.email} password: ${made.password}\n`);
    const paused = await pauseBrokenSegments(system);
    if (paused.length > 0) log.warn({ segmentIds: paused }, 'segments with a broken rule were paused');
    await evaluateIfOld(system);
    await rebuildSearchIfOld(system);
    const demo = config.demo ? await loadDemoAtStart(system) : null;
    const metrics = new Metrics();
    const selfCheck = new SelfCheck(config.selfCheckEvery, metrics);
    const files = openFileStore(config);
    const app = await createApp({ config, metrics, files, parts: { database, clock, log, selfCheck } });
    await listen(app, config);
    const subscriptions = serveSubscriptions(app.getHttpServer(), {
      schema: app.get(GraphQLSchemaHost).schema,
      contextOf: (connection, signal) => socketContext({ database, clock, log, selfCheck }, connection, signal),
    });
    const jobs = startJobRunner({ database, clock, log, selfCheck, kinds: jobKinds }, databaseUrl);
    const sweeper = startSweeper({ ...system, selfCheck, requestId: 'time' }, metrics, { isIdle: leavesTime });
    const retention = startRetention({ ...system, requestId: 'retention' }, { isIdle: leavesTime });
    const conversions = startConversionClock({ ...system, requestId: 'conversions' }, { isIdle: leavesTime });
    const sweeping = startFileClock({ ...system, requestId: 'files' }, { store: files, isIdle: leavesTime });
    return {
      address: `http://localhost:${listeningPort(app)}`,
      database,
      filled: demo ? demoEnd(system, demo) : Promise.resolve(),
      close: () => close(app, [subscriptions, jobs, sweeper, retention, conversions, sweeping], database),
    };
  } catch (error) {
    await database.source.destroy();
    throw error;
  }
}

function givenCredentials({ adminEmail, adminPassword }: Config): Credentials | undefined {
  return adminEmail && adminPassword ? { email: adminEmail, password: adminPassword } : undefined;
}

async function createApp({
  config,
  metrics,
  files,
  parts,
}: {
  config: Config;
  metrics: Metrics;
  files: FileStore;
  parts: ServerParts;
}): Promise<NestExpressApplication> {
  const { log } = parts;
  const module = AppModule.around({ ...parts, metrics, files, webFolder: builtWeb });
  const app = await NestFactory.create<NestExpressApplication>(module, {
    bodyParser: false,
    logger: new NestLog(log),
    abortOnError: false,
  });
  app.set('trust proxy', config.trustedProxies);
  app.disable('x-powered-by');
  // What is answered of data is kept by nobody; files of the web app have tags of their own.
  app.disable('etag');
  app.use(requestLog(log, metrics), securityHeaders(), jsonBody(), pageBody(), bodyErrors(log));
  app.use(staticWeb(builtWeb));
  return app;
}

async function listen(app: NestExpressApplication, { port, host }: Config): Promise<void> {
  try {
    await (host === undefined ? app.listen(port) : app.listen(port, host));
  } catch (error) {
    await app.close();
    if ((error as { code?: unknown }).code === 'EADDRINUSE')
      throw new StartRefused(`PORT ${port} is taken by another program`);
    throw error;
  }
}

function listeningPort(app: NestExpressApplication): number {
  const address: unknown = app.getHttpServer().address();
  return (address as { port: number }).port;
}

async function close(
  app: NestExpressApplication,
  [subscriptions, ...runners]: readonly [Subscriptions, ...(JobRunner | Sweeper | Looking)[]],
  database: Database,
): Promise<void> {
  await subscriptions.stop();
  app.getHttpServer().closeIdleConnections();
  await app.close();
  await Promise.all(runners.map((runner) => runner.stop()));
  if (database.source.isInitialized) await database.source.destroy();
}
