import { runMigrations } from 'graphile-worker';
import { DataSource, type DataSourceOptions, DefaultNamingStrategy, type MixedList } from 'typeorm';
import { migrations } from '../../migrations/index.ts';
import type { Database } from './context.ts';
import type { Log } from './log.ts';
import { RuleSetCache } from './rule-set.ts';
import { StartRefused } from './start-refused.ts';
import { valueParsers } from './value-parsers.ts';

/** What is needed to open the database. */
export interface DatabaseOptions {
  readonly url: string;
  readonly timeZone: string;
  readonly entities: MixedList<Function>;
  readonly log: Log;
  /** From so many customers on, changes of rules are jobs. */
  readonly many: number;
}

const OLDEST_POSTGRES = 150_000;
/** Held while migrations run, so that of several servers that start together one migrates and the others wait. */
const MIGRATION_LOCK = 4_783_121;

/** Columns and tables in snake_case for properties and classes in camelCase. */
class SnakeNaming extends DefaultNamingStrategy {
  override tableName(className: string, given: string | undefined): string {
    return given ?? snake(className);
  }

  override columnName(property: string, given: string | undefined, prefixes: string[]): string {
    return given ?? snake([...prefixes, property].join('_'));
  }
}

function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/**
 * Migrates the database as its owner and opens it as the application, whose role may not alter tables nor rewrite history.
 *
 * @throws {StartRefused} with one line: it cannot be reached, is older than Postgres 15, or newer than this program.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  await migrate(options);
  const source = await connected(sourceOptions(options, 'kequn_app'));
  return { source, ruleSets: new RuleSetCache(), timeZone: options.timeZone, many: options.many };
}

function sourceOptions({ url, entities, log }: DatabaseOptions, role?: 'kequn_app'): DataSourceOptions {
  const settings = [
    'timezone=UTC',
    'statement_timeout=120s',
    'lock_timeout=10s',
    'idle_in_transaction_session_timeout=60s',
  ];
  if (role) settings.push(`role=${role}`);
  return {
    type: 'postgres',
    url,
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    logging: false,
    synchronize: false,
    installExtensions: false,
    poolSize: role ? 20 : 2,
    connectTimeoutMS: 5_000,
    applicationName: 'kequn',
    // The pool tells of idle connections that the database closed; they are replaced by themselves.
    poolErrorHandler: (error: unknown) => log.warn({ err: error }, 'a database connection was lost'),
    extra: { types: valueParsers, options: settings.map((setting) => `-c ${setting}`).join(' ') },
  };
}

async function connected(options: DataSourceOptions): Promise<DataSource> {
  try {
    return await new DataSource(options).initialize();
  } catch (error) {
    // Its message may hold the password; the code tells what a reader needs.
    const code = (error as { code?: unknown }).code;
    throw new StartRefused(
      `The database of DATABASE_URL cannot be used (${typeof code === 'string' ? code : 'no answer'})`,
    );
  }
}

async function migrate(options: DatabaseOptions): Promise<void> {
  const source = await connected(sourceOptions(options));
  const lock = source.createQueryRunner();
  try {
    await refuseOldPostgres(source);
    await lock.query('set lock_timeout = 0; set statement_timeout = 0');
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseNewerDatabase(source);
    await runMigrations({ connectionString: options.url, noHandleSignals: true });
    await source.runMigrations();
  } finally {
    await lock.query('select pg_advisory_unlock_all()').catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}

async function refuseOldPostgres(source: DataSource): Promise<void> {
  const [row] = await source.query<{ version: string }[]>(`select current_setting('server_version_num') as version`);
  if (Number(row?.version) < OLDEST_POSTGRES)
    throw new StartRefused('The database of DATABASE_URL is older than Postgres 15');
}

async function refuseNewerDatabase(source: DataSource): Promise<void> {
  const [table] = await source.query<{ there: boolean }[]>(`select to_regclass('migrations') is not null as there`);
  if (!table?.there) return;
  const applied = await source.query<{ name: string }[]>('select name from migrations');
  const known = new Set(migrations.map(({ name }) => name));
  if (applied.some(({ name }) => !known.has(name))) {
    throw new StartRefused('The database was made by a newer version of Kequn; start that version');
  }
}
