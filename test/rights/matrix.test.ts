import { isDeepStrictEqual } from 'node:util';
import { fieldTypes, type FieldType } from '@kequn/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FieldAccess } from '../../server/src/access/role.ts';
import { channels } from './channels.ts';
import { expectedOutcome } from './model.ts';
import { computedOf, shapes } from './shapes.ts';
import { keyOf, startWorld, turned, type World } from './world.ts';

const accesses = Object.keys(FieldAccess) as FieldAccess[];
const all = Object.keys(fieldTypes) as FieldType[];
/** `npm test` looks at a tenth of the types, the full proof at all. */
const types: readonly FieldType[] = process.env['FULL_PROOFS'] ? all : ['TEXT', 'NUMBER'];

let world: World;
let cells = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  process.stdout.write(`${cells} cells of the access matrix, of ${shapes.length} shapes of roles, none skipped\n`);
  await world.server.close();
});

/** Everything that a refused call might have changed. */
async function stored(): Promise<unknown> {
  const [row] = await world.server.database.source.query<unknown[]>(
    `select (select sum(version) from customer) as customers, (select count(*) from audit_entry) as audit,
            (select count(*) from outbox) as outbox, (select count(*) from segment) as segments,
            (select count(*) from job) as jobs, (select sum(version) from field) as fields, (select version from rule_set) as rules`,
  );
  return row;
}

describe.each(shapes.map((shape) => [shape.name, shape] as const))('an access %s', (_, shape) => {
  const places = shape.seesWest ? ['east', 'west'] : ['east'];
  const rounds = accesses.flatMap((access) => places.map((city) => [access, city] as const));
  it.each(rounds)('P17 %s gives in every channel what it gives, in the %s', async (access, city) => {
    const token = await world.viewer(shape, access);
    const seen = city === 'east' ? world : turned(world);
    const computed = shape.computed ?? false;
    const wrong: string[] = [];
    for (const type of types)
      for (const channel of channels.filter(({ applies }) => applies?.(type) ?? true)) {
        const key = computed ? computedOf(keyOf(type)) : keyOf(type);
        const before = await stored();
        const outcome = await channel.ask({ world: seen, token, type, key, computed });
        const want = expectedOutcome(channel, {
          roles: shape.roles(world.keys, access),
          key: keyOf(type),
          computed,
          city,
        });
        cells += 1;
        if (outcome !== want) wrong.push(`${channel.name} of ${type}: ${outcome} instead of ${want}`);
        const isRefused = ['unknown', 'forbidden', 'read-only'].includes(outcome);
        if (isRefused && !isDeepStrictEqual(await stored(), before))
          wrong.push(`P20 ${channel.name} of ${type} changed something`);
      }
    expect(wrong).toEqual([]);
  });
});
