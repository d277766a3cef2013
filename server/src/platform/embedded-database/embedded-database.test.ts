import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { StartRefused } from '../start-refused.ts';
import { processFacts } from './process-facts.ts';
import { type EmbeddedDatabase, startEmbeddedDatabase } from './start-embedded-database.ts';
import { removeFolder } from '../../testing/remove-folder.ts';

const asRoot = process.getuid?.() === 0;
const log = createLog('error');

let folder: string;
let dataDir: string;
let running: EmbeddedDatabase[];
let children: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kequn-embedded-'));
  await chmod(folder, 0o755);
  dataDir = path.join(folder, "somebody's 数据");
  running = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const database of running) {
    await database.stop();
    await removeFolder(database.place);
  }
  await removeFolder(folder);
});

async function start(): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedDatabase({ dataDir, log, settings: { fsync: 'off' } });
  running.push(database);
  return database;
}

async function query(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

/** A server in a process of its own, which can be killed. Resolves with its database's address. */
async function startElsewhere(): Promise<{ child: ChildProcess; url: string }> {
  const program = `
    import { createLog } from ${JSON.stringify(path.join(import.meta.dirname, '../log.ts'))};
    import { startEmbeddedDatabase } from ${JSON.stringify(path.join(import.meta.dirname, 'start-embedded-database.ts'))};
    const { url } = await startEmbeddedDatabase({ dataDir: ${JSON.stringify(dataDir)}, log: createLog('error') });
    console.log(url);
    setInterval(() => {}, 1000);`;
  const child = spawn(
    process.execPath,
    ['--import', '@oxc-node/core/register', '--input-type=module', '--eval', program],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  const url = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (line: Buffer) => resolve(String(line).trim())),
  );
  return { child, url };
}

describe('the embedded database', () => {
  it('starts, keeps what was written, and leaves no process behind', async () => {
    const first = await start();
    await query(first.url, 'create table kept (word text)');
    await query(first.url, "insert into kept values ('客群')");
    await first.stop();
    expect(await processFacts(first.pid)).toBeUndefined();
    const second = await start();
    expect(await query(second.url, 'select word from kept')).toBe('客群');
  });

  it('is reached on 127.0.0.1 only, with a password that only its account can read', async () => {
    const { url, place } = await start();
    expect(await query(url, 'show listen_addresses')).toBe('127.0.0.1');
    expect(await query(url, 'show unix_socket_directories')).toBe('');
    expect((await stat(path.join(place, 'postgres/password'))).mode & 0o777).toBe(0o600);
    await expect(query(url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toThrow(/password/);
  });

  it('folds and sorts text alike on every machine, and knows Chinese order', async () => {
    const { url } = await start();
    expect(await query(url, "select lower('ÄÖ')")).toBe('äö');
    expect(await query(url, `select '张' collate "zh-x-icu" > '李' collate "zh-x-icu"`)).toBe(true);
  });

  it('keeps the values of a failed statement out of its log', async () => {
    const { url, place } = await start();
    await expect(query(url, "select '张三'::int")).rejects.toThrow(/invalid input/);
    expect(await readFile(path.join(place, 'postgres/log'), 'utf8')).not.toContain('张三');
  });

  it('refuses a second start on the same folder', async () => {
    await start();
    await expect(start()).rejects.toThrow(`already running on`);
  });

  it('recovers after the server was killed', async () => {
    const killed = await startElsewhere();
    await query(killed.url, "create table kept as select 'before' as word");
    await expect(start()).rejects.toThrow(StartRefused);
    killed.child.kill('SIGKILL');
    await new Promise((resolve) => killed.child.once('close', resolve));
    const next = await start();
    expect(await query(next.url, 'select word from kept')).toBe('before');
    await expect(query(killed.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('throws away what a first start that was cut short left', async () => {
    await mkdir(path.join(dataDir, 'postgres/data.new/half'), { recursive: true });
    const { url } = await start();
    expect(await query(url, 'select 1')).toBe(1);
  });

  it('says so when Postgres is lost', async () => {
    let lost = false;
    const database = await startEmbeddedDatabase({ dataDir, log, onLost: () => (lost = true) });
    running.push(database);
    const pid = Number(
      (await readFile(path.join(database.place, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0],
    );
    process.kill(pid, 'SIGQUIT');
    await expect.poll(() => lost).toBe(true);
  });

  it('refuses the files of another major version', async () => {
    await (await start()).stop();
    await writeFile(path.join(dataDir, 'postgres/data/PG_VERSION'), '16\n');
    await expect(start()).rejects.toThrow(/made by PostgreSQL 16, and this is PostgreSQL 18/);
  });

  it('refuses a DATA_DIR that cannot be a folder, in one line', async () => {
    await writeFile(dataDir, '');
    await expect(start()).rejects.toThrow(/^DATA_DIR .* cannot be read and written: .*$/);
    await expect(start()).rejects.toThrow(StartRefused);
  });

  it.runIf(asRoot)('keeps its files elsewhere when DATA_DIR lies below a closed folder', async () => {
    await chmod(folder, 0o700);
    const first = await start();
    expect(first.place).toMatch(/^\/var\/lib\/kequn\/[-0-9a-f]{36}$/);
    await query(first.url, "create table kept as select 'elsewhere' as word");
    await expect(start()).rejects.toThrow('already running');
    await first.stop();
    // Opening the folder later must not hide the database that was made meanwhile.
    await chmod(folder, 0o755);
    expect(await query((await start()).url, 'select word from kept')).toBe('elsewhere');
  });

  it.runIf(asRoot)('refuses when the folder of an existing database was closed', async () => {
    await (await start()).stop();
    await chmod(folder, 0o700);
    await expect(start()).rejects.toThrow(/can no longer reach its database/);
  });

  it.runIf(!asRoot)('refuses a DATA_DIR that may not be written', async () => {
    await mkdir(dataDir, { mode: 0o500 });
    await expect(start()).rejects.toThrow(/^DATA_DIR .* cannot be read and written: .*$/);
  });
});
