import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cuttableDatabase } from '../testing/cuttable-database.ts';
import { keptLog } from '../testing/kept-log.ts';
import { createTestDatabase } from '../testing/test-server.ts';
import { databaseClock, type Database, type RequestContext } from './context.ts';
import { openDatabase } from './database.ts';
import { createLog } from './log.ts';
import { Refused, refused } from './refused.ts';
import { kept, type Kept } from './rule-set.ts';
import { alterTables, change, read, write } from './transaction.ts';

const log = createLog('error', { write: () => undefined });
let url: string;
let database: Database;
let ctx: RequestContext;

beforeAll(async () => {
  url = await createTestDatabase();
  database = await openDatabase({ url, timeZone: 'Asia/Shanghai', entities: [], log, many: 20_000 });
  ctx = contextOf(database);
  await alterTables(ctx, async ({ manager }) => {
    await manager.query('create table probe (id int primary key, value int not null)');
    await manager.query('grant all on probe to kequn_app');
  });
});
beforeEach(() => database.source.query('insert into probe values (1, 0), (2, 0)'));
afterEach(() => database.source.query('delete from probe'));
afterAll(() => database.source.destroy());

function contextOf(of: Database): RequestContext {
  return { database: of, clock: databaseClock, locale: 'en', requestId: 'test', address: '', actorId: null, log };
}

const valueOf = async (id: number) =>
  (await database.source.query<{ value: number }[]>('select value from probe where id = $1', [id]))[0]?.value;

const versionNow = async () =>
  (await database.source.query<{ version: number }[]>('select version from rule_set'))[0]!.version;

/** How many statements sleep; the role of the application may not see what others do. */
async function sleeping(): Promise<number> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
  );
  await owner.end();
  return rows[0]!.n;
}

/** A promise and what resolves it. */
function gate(): { passed: Promise<void>; open(): void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

/** Waits until so many transactions wait for the lock that orders writers and changes. */
async function waitingForG(count: number): Promise<void> {
  const query = `select count(*) as n from pg_locks l join pg_database d on d.oid = l.database
                  where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`;
  await expect.poll(() => database.source.query(query)).toEqual([{ n: count }]);
}

function failWith(state: string): string {
  return `do $$ begin raise exception 'no' using errcode = '${state}'; end $$`;
}

describe('a transaction', () => {
  it('commits what its work did, or nothing', async () => {
    await write(ctx, ({ manager }) => manager.query('update probe set value = 1 where id = 1'));
    expect(await valueOf(1)).toBe(1);
    const stopped = write(ctx, async ({ manager }) => {
      await manager.query('update probe set value = 2 where id = 1');
      throw refused('CONFLICT', { currentVersion: 3 });
    });
    await expect(stopped).rejects.toMatchObject({ code: 'CONFLICT', details: { currentVersion: 3 } });
    expect(await valueOf(1)).toBe(1);
  });

  it.each(['40P01', '40001', '55P03'])('P80 starts anew after %s', async (state) => {
    let tries = 0;
    const result = await write(ctx, async ({ manager }) => {
      tries += 1;
      await manager.query('update probe set value = value + 1 where id = 1');
      if (tries < 3) await manager.query(failWith(state));
      return 'done';
    });
    expect([result, tries, await valueOf(1)]).toEqual(['done', 3, 1]);
  });

  it('gives up after five tries: the caller may try later', async () => {
    let tries = 0;
    const hopeless = write(ctx, ({ manager }) => {
      tries += 1;
      return manager.query(failWith('40001'));
    });
    await expect(hopeless).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { retryAfter: 5 } });
    expect(tries).toBe(5);
  });

  it('P80 solves a real deadlock', async () => {
    const crosswise = (first: number, second: number) =>
      write(ctx, async ({ manager }) => {
        await manager.query('update probe set value = value + 1 where id = $1', [first]);
        await manager.query('select pg_sleep(0.05)');
        await manager.query('update probe set value = value + 1 where id = $1', [second]);
      });
    await Promise.all([crosswise(1, 2), crosswise(2, 1)]);
    expect([await valueOf(1), await valueOf(2)]).toEqual([2, 2]);
  });

  it('does not try again what fails for another reason, and tells it as it is', async () => {
    let tries = 0;
    const broken = write(ctx, ({ manager }) => {
      tries += 1;
      return manager.query('insert into probe values (1, 1)');
    });
    await expect(broken).rejects.toMatchObject({ driverError: { code: '23505' } });
    expect(tries).toBe(1);
  });

  it('gives its connection back, however it ends', async () => {
    for (let round = 0; round < 30; round += 1) {
      await write(ctx, ({ manager }) => manager.query('select 1 / 0')).catch(() => undefined);
    }
    expect(await read(ctx, ({ manager }) => manager.query('select 1 as one'))).toEqual([{ one: 1 }]);
  });

  it('tells that a row is too big for the database', async () => {
    await expect(write(ctx, ({ manager }) => manager.query(failWith('54000')))).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { limit: 'customerBytes' },
    });
  });

  it('that reads ends when its caller has gone, and its connection is fit for the next', async () => {
    const caller = new AbortController();
    const slow = read({ ...ctx, signal: caller.signal }, ({ manager }) => manager.query('select pg_sleep(60)'));
    const refusal = slow.catch((error: unknown) => error);
    await expect.poll(sleeping).toBe(1);
    caller.abort();
    expect(await refusal).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await sleeping()).toBe(0);
    const tries = Array.from({ length: 30 }, () => read(ctx, ({ manager }) => manager.query('select 1 as one')));
    expect(await Promise.all(tries)).toEqual(tries.map(() => [{ one: 1 }]));
  });

  it('that reads ends for as many callers as there are connections, all of whom go at once', async () => {
    const caller = new AbortController();
    const { log: watched, lines } = keptLog();
    const left = Array.from({ length: 20 }, () =>
      read({ ...ctx, log: watched, signal: caller.signal }, ({ manager }) => manager.query('select pg_sleep(60)')),
    );
    const refusals = Promise.allSettled(left);
    await expect.poll(sleeping).toBe(20);
    caller.abort();
    expect((await refusals).map(({ status }) => status)).toEqual(left.map(() => 'rejected'));
    expect(lines).toEqual([]);
  });

  it('that writes goes on when its caller has gone', async () => {
    const caller = new AbortController();
    const slow = write({ ...ctx, signal: caller.signal }, async ({ manager }) => {
      caller.abort();
      await manager.query('select pg_sleep(0.1)');
      await manager.query('update probe set value = 7 where id = 1');
    });
    await slow;
    expect(await valueOf(1)).toBe(7);
  });

  it('that reads writes nothing and sees one snapshot', async () => {
    const seen = await read(ctx, async ({ manager }) => {
      const before = await manager.query<unknown[]>('select count(*) as n from probe');
      await database.source.query('insert into probe values (3, 0)');
      return [before, await manager.query<unknown[]>('select count(*) as n from probe')];
    });
    expect(seen).toEqual([[{ n: 2 }], [{ n: 2 }]]);
    const writing = read(ctx, ({ manager }) => manager.query('update probe set value = 9'));
    await expect(writing).rejects.toMatchObject({ driverError: { code: '25006' } });
  });

  it('that alters tables is done by the owner, and only it', async () => {
    const who = ({ manager }: { manager: RequestContext['database']['source']['manager'] }) =>
      manager.query<{ name: string }[]>('select current_user as name').then(([row]) => row!.name);
    expect(await alterTables(ctx, who)).not.toBe('kequn_app');
    for (const each of [await write(ctx, who), await change(ctx, who), await read(ctx, who)])
      expect(each).toBe('kequn_app');
  });

  it('that alters a table never waits behind a long one: it says so after its tries', async () => {
    const reading = gate();
    const done = gate();
    const long = read(ctx, async ({ manager }) => {
      await manager.query('select * from probe');
      reading.open();
      await done.passed;
    });
    await reading.passed;
    const altering = alterTables(ctx, ({ manager }) => manager.query('alter table probe add column more int'));
    await expect(altering).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    done.open();
    await long;
  });
});

describe('a change that waits for a lock', () => {
  it('gives up after its tries, without having written anything', async () => {
    const before = await versionNow();
    const locked = gate();
    const done = gate();
    const holder = database.source.transaction(async (manager) => {
      await manager.query('select 1 from probe where id = 1 for update');
      locked.open();
      await done.passed;
    });
    await locked.passed;
    let tries = 0;
    const waiting = change(ctx, async ({ manager }) => {
      tries += 1;
      expect(await manager.query('show lock_timeout')).toEqual([{ lock_timeout: '1s' }]);
      // A second each time would make this test a slow one.
      await manager.query(`set local lock_timeout = '20ms'; update probe set value = 5 where id = 2`);
      await manager.query('update probe set value = 5 where id = 1');
    });
    await expect(waiting).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { retryAfter: 5 } });
    done.open();
    await holder;
    expect([tries, await valueOf(2), await versionNow()]).toEqual([10, 0, before]);
  });
});

describe('the order of writers and changes', () => {
  it('lets no change commit while a writer works, and the next writer sees it', async () => {
    const before = await versionNow();
    const events: string[] = [];
    const started = gate();
    const finish = gate();
    const writer = write(ctx, async ({ ruleSet }) => {
      started.open();
      await finish.passed;
      events.push(`writer of ${ruleSet.version - before}`);
    });
    await started.passed;
    const changing = change(ctx, async ({ ruleSet }) => void events.push(`change to ${ruleSet.version - before}`));
    await waitingForG(1);
    const later = write(ctx, async ({ ruleSet }) => void events.push(`writer of ${ruleSet.version - before}`));
    await waitingForG(2);
    finish.open();
    await Promise.all([writer, changing, later]);
    expect(events).toEqual(['writer of 0', 'change to 1', 'writer of 1']);
  });

  it('lets writers work side by side', async () => {
    const both = [gate(), gate()];
    await Promise.all(
      [0, 1].map((one) =>
        write(ctx, async () => {
          both[one]!.open();
          await both[1 - one]!.passed;
        }),
      ),
    );
  });

  it('does not raise the version for a change that was refused', async () => {
    const before = await versionNow();
    await change(ctx, () => Promise.reject(refused('FORBIDDEN'))).catch(() => undefined);
    expect(await versionNow()).toBe(before);
  });
});

describe('what is kept with the rules', () => {
  function counted(): Kept<number> & { loads: number } {
    return {
      name: 'counted',
      loads: 0,
      async load() {
        this.loads += 1;
        return this.loads;
      },
    };
  }

  it('is loaded once for a version, by whoever asks first', async () => {
    const what = counted();
    const ask = () => write(ctx, (tx) => kept(tx, what));
    expect(await Promise.all([ask(), ask(), read(ctx, (tx) => kept(tx, what))])).toEqual([1, 1, 1]);
    await change(ctx, () => Promise.resolve());
    expect([await ask(), await ask()]).toEqual([2, 2]);
  });

  it('is a change’s own until it commits, and lost with it', async () => {
    const what = counted();
    await write(ctx, (tx) => kept(tx, what));
    const refusedChange = change(ctx, async (tx) => {
      expect(await kept(tx, what)).toBe(2);
      throw new Refused('FORBIDDEN');
    });
    await refusedChange.catch(() => undefined);
    expect(await write(ctx, (tx) => kept(tx, what))).toBe(1);
  });

  it('is asked for again when loading failed', async () => {
    let broken = true;
    const what: Kept<string> = {
      name: 'broken at first',
      load: () => (broken ? Promise.reject(new Error('away')) : Promise.resolve('there')),
    };
    await expect(write(ctx, (tx) => kept(tx, what))).rejects.toThrow('away');
    broken = false;
    expect(await write(ctx, (tx) => kept(tx, what))).toBe('there');
  });
});

describe('a database that is away', () => {
  const unavailable = { code: 'UNAVAILABLE', details: { retryAfter: 5 } };

  it.each([
    ['while a statement runs', 0],
    ['between two statements', 50],
  ])('P84 ends all connections %s: what runs is undone, what comes next works', async (_, pause) => {
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    const running = write(ctx, async ({ manager }) => {
      await manager.query('update probe set value = 7 where id = 1');
      await owner.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      await sleep(pause);
      return manager.query('select pg_sleep(1)');
    });
    await expect(running).rejects.toMatchObject(unavailable);
    await owner.end();
    // The pool learns of its other lost connections in the same moment, but not in the same tick.
    await sleep(50);
    expect(await valueOf(1)).toBe(0);
    const writers = Array.from({ length: 20 }, () =>
      write(ctx, ({ manager }) => manager.query('update probe set value = value + 1 where id = 1')),
    );
    await Promise.all(writers);
    expect(await valueOf(1)).toBe(20);
  });

  it('is said to be unavailable, while a transaction runs and before one begins, until it is back', async () => {
    const way = await cuttableDatabase(await createTestDatabase());
    const other = await openDatabase({ url: way.url, timeZone: 'Asia/Shanghai', entities: [], log, many: 20_000 });
    const away = contextOf(other);
    const lost = write(away, ({ manager }) => {
      way.cut();
      return manager.query('select pg_sleep(1)');
    });
    await expect(lost).rejects.toMatchObject(unavailable);
    await expect(read(away, () => Promise.resolve())).rejects.toMatchObject(unavailable);
    way.mend();
    expect(await write(away, ({ manager }) => manager.query('select 1 as one'))).toEqual([{ one: 1 }]);
    way.close();
    await expect(change(away, () => Promise.resolve())).rejects.toMatchObject(unavailable);
    await other.source.destroy();
  });
});
