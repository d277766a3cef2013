import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { printFigures } from './figures.ts';
import { oneOf } from './one-of.ts';
import { startWorld, type World } from './world.ts';

/** How often a server is killed, and how often Postgres is. */
const { kills, crashes } = process.env['FULL_PROOFS'] ? { kills: 50, crashes: 20 } : { kills: 2, crashes: 1 };

let world: World;

beforeAll(async () => {
  // A job whose server was killed is taken over a minute later: too long for every change.
  world = await startWorld({ withJobs: Boolean(process.env['FULL_PROOFS']) });
}, 120_000);
afterAll(() => world.end());

/** Kills a server and starts another one in its place; gives how long that took to be ready. */
async function killServer({ servers }: World): Promise<number> {
  const server = oneOf(servers);
  await server.kill();
  return server.start();
}

/** Crashes Postgres and starts it again; gives how long the servers then took to be ready by themselves. */
async function crashPostgres({ postgres, servers }: World): Promise<number> {
  await postgres.crash();
  await sleep(Math.random() * 500);
  await postgres.start();
  return Math.max(...(await Promise.all(servers.map((server) => server.ready()))));
}

const ways = { kill: killServer, crash: crashPostgres };

test('servers are killed and Postgres crashes while everybody works: what was acknowledged is there, and nobody stands in a wrong segment', async () => {
  const { client, load, faults, unsettled } = world;
  const blows: (keyof typeof ways)[] = [...Array<'kill'>(kills).fill('kill'), ...Array<'crash'>(crashes).fill('crash')];
  const longest = { kill: 0, crash: 0 };
  const found: string[] = [];
  for (const blow of blows.toSorted(() => Math.random() - 0.5)) {
    await sleep(Math.random() * 1_000);
    const before = load.ledger.acknowledged;
    longest[blow] = Math.max(longest[blow], await ways[blow](world));
    found.push(...(await faults()));
    // Nobody helps the writers: they go on by themselves.
    await vi.waitFor(() => expect(load.ledger.acknowledged).toBeGreaterThan(before), { timeout: 30_000, interval: 10 });
  }
  await load.stop();
  // Time goes on moving customers, whichever server was killed.
  await vi.waitFor(async () => expect(await unsettled()).toBe(0), { timeout: 180_000, interval: 50 });
  found.push(...(await faults()));
  printFigures('faults', world, {
    snapshots: blows.length + 1,
    errors: found.length,
    kills,
    'ms longest until a new server was ready': longest.kill,
    'crashes of Postgres': crashes,
    'ms longest until the servers were ready after it': longest.crash,
  });

  expect(found).toEqual([]);
  expect(client.unexpected).toEqual([]);
  expect(world.compared()).toBeGreaterThan(0);
}, 1_800_000);
