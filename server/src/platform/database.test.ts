import pg from 'pg';
import { inject } from 'vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { createTestDatabase } from '../testing/test-server.ts';
import type { Database } from './context.ts';
import { openDatabase } from './database.ts';
import { createLog } from './log.ts';
import { StartRefused } from './start-refused.ts';

const log = createLog('error');
const opened: Database[] = [];

async function open(url: string): Promise<Database> {
  const database = await openDatabase({ url, timeZone: 'Asia/Shanghai', entities: [], log, many: 20_000 });
  opened.push(database);
  return database;
}

async function emptyDatabase(): Promise<string> {
  const url = new URL(inject('clusterUrl'));
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  url.pathname = `/empty_${crypto.randomUUID().replaceAll('-', '')}`;
  await client.query(`create database ${url.pathname.slice(1)}`);
  await client.end();
  return url.href;
}

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

afterAll(() => Promise.all(opened.map(({ source }) => source.destroy())));

describe('opening a database', () => {
  it('P79 migrates an empty one, once, when twenty start at the same time', async () => {
    const url = await emptyDatabase();
    const [first] = await Promise.all(Array.from({ length: 20 }, () => open(url)));
    const [row] = await first!.source.query<unknown[]>(
      'select (select count(*) from role) as roles, (select version from rule_set) as version, (select count(*) from migrations) as migrations',
    );
    expect(row).toEqual({ roles: 3, version: 1, migrations: migrations.length });
    await open(url);
  });

  it('refuses one that a newer version made', async () => {
    const url = await createTestDatabase();
    await asOwner(url, `insert into migrations (timestamp, name) values (9999999999999, 'Later9999999999999')`);
    await expect(open(url)).rejects.toThrow(/^The database was made by a newer version of Kequn[^\n]*$/);
  });

  it.each([
    ['a port where nothing listens', (url: URL) => (url.port = '1')],
    ['a wrong password', (url: URL) => (url.password = 's3cret')],
    ['a database that is not there', (url: URL) => (url.pathname = '/nowhere')],
    ['a host that is not there', (url: URL) => (url.hostname = 'nowhere.invalid')],
  ])('refuses %s in one line without the password', async (_, spoil) => {
    const url = new URL(inject('clusterUrl'));
    spoil(url);
    const failure: unknown = await open(url.href).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartRefused);
    const { message } = failure as StartRefused;
    expect(message).toMatch(/^The database of DATABASE_URL cannot be used \(\w[^\n]*\)$/);
    expect(message).not.toContain(url.password);
  });
});

describe('the application’s role', () => {
  let database: Database;
  beforeAll(async () => {
    database = await open(await createTestDatabase());
    await database.source.query(
      `insert into audit_entry (at, action, target, changes) values (now(), 'a', 'b:c', '{}')`,
    );
  });

  it.each([
    'create table more (id int)',
    'alter table customer add column more int',
    'drop table customer',
    'truncate customer',
    'create index more on customer (version)',
    `update audit_entry set action = 'other'`,
    'delete from audit_entry',
    'truncate audit_entry',
    'update membership_change set kind = kind',
    'delete from membership_change',
    'delete from migrations',
    `insert into migrations (timestamp, name) values (1, 'x')`,
    'create role somebody',
  ])('may not: %s', async (statement) => {
    await expect(database.source.query(statement)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it('is another one than the owner’s, and no superuser', async () => {
    const [row] = await database.source.query<unknown[]>(
      `select current_user as name, (select rolsuper from pg_roles where rolname = current_user) as super,
              (select tableowner <> current_user from pg_tables where tablename = 'customer') as other`,
    );
    expect(row).toEqual({ name: 'kequn_app', super: false, other: true });
  });
});

describe('values from the database', () => {
  it('come as the language knows them', async () => {
    const database = await open(await createTestDatabase());
    const [row] = await database.source.query<unknown[]>(
      `select date '2026-02-28' as day, timestamptz '2026-02-28 01:02:03.0049+08' as instant, 12::bigint as whole,
              1.5::numeric as decimal, timestamptz '2026-02-28 00:00:00Z' as even`,
    );
    expect(row).toEqual({
      day: '2026-02-28',
      instant: '2026-02-27T17:02:03.004Z',
      whole: 12,
      decimal: 1.5,
      even: '2026-02-28T00:00:00.000Z',
    });
  });

  it('survive that the database closes idle connections', async () => {
    const url = await createTestDatabase();
    const database = await open(url);
    await database.source.query('select 1');
    await asOwner(
      url,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await database.source.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});
