import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { printFigures } from './figures.ts';
import { startWorld, type World } from './world.ts';

/** For how long everybody works, and how often it is looked at meanwhile. */
const { ms, looks } = process.env['FULL_PROOFS'] ? { ms: 60_000, looks: 20 } : { ms: 6_000, looks: 2 };

let world: World;

beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(() => world.end());

test('whoever writes, whoever changes rules and however time passes, at two servers: nobody stands in a wrong segment', async () => {
  const { client, load, faults, unsettled } = world;
  const instants = Array.from({ length: looks }, () => Math.random() * ms).toSorted((a, b) => a - b);
  const started = performance.now();
  const found: string[] = [];
  for (const instant of [...instants, ms]) {
    await sleep(Math.max(0, instant - (performance.now() - started)));
    found.push(...(await faults()));
  }
  await load.stop();
  await vi.waitFor(async () => expect(await unsettled()).toBe(0), { timeout: 60_000, interval: 50 });
  found.push(...(await faults()));
  printFigures('concurrency', world, { snapshots: looks + 2, errors: found.length });

  expect(found).toEqual([]);
  expect({ unexpected: client.unexpected, complaints: complaintsOf(world) }).toEqual({
    unexpected: [],
    complaints: [],
  });
  expect(
    Object.keys(client.refusals).filter((code) => !['CONFLICT', 'UNAVAILABLE', 'VALIDATION_FAILED'].includes(code)),
  ).toEqual([]);
  expect(load.ledger.acknowledged).toBeGreaterThan(0);
  expect(world.compared()).toBeGreaterThan(0);
}, 180_000);

function complaintsOf({ servers }: World): readonly string[] {
  return servers.flatMap(({ complaints }) => complaints);
}
