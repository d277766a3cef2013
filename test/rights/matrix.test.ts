import { isDeepStrictEqual } from 'node:util';
import { fieldTypes, type FieldType } from '@kequn/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FieldAccess } from '../../server/src/access/role.ts';
import { channels, type Channel, type Outcome } from './channels.ts';
import { computedOf, shapes, type Shape } from './shapes.ts';
import { keyOf, startWorld, type World } from './world.ts';

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
  process.stdout.write(`${cells} cells of the access matrix, none skipped\n`);
  await world.server.close();
});

/** What each kind of channel answers by the access that counts on the customer. */
const expected: Readonly<Record<Channel['kind'], Readonly<Record<FieldAccess, Outcome>>>> = {
  show: { HIDDEN: 'absent', MASKED: 'masked', READ: 'open', WRITE: 'open' },
  use: { HIDDEN: 'unknown', MASKED: 'forbidden', READ: 'open', WRITE: 'open' },
  find: { HIDDEN: 'absent', MASKED: 'absent', READ: 'open', WRITE: 'open' },
  'leave out': { HIDDEN: 'absent', MASKED: 'absent', READ: 'open', WRITE: 'open' },
  write: { HIDDEN: 'unknown', MASKED: 'forbidden', READ: 'forbidden', WRITE: 'done' },
};

/** Where another role may use the field, it is used, and finds nothing out of this customer. */
const elsewhere: Readonly<Record<string, Outcome>> = {
  filter: 'absent',
  sort: 'absent',
  previewRule: 'absent',
  explain: 'unknown',
  'exports(columns)': 'absent',
};

function expectedOf(channel: Channel, shape: Shape, access: FieldAccess): Outcome {
  if (shape.computed && channel.kind === 'write' && access !== 'HIDDEN') return 'read-only';
  const isOpen = access === 'READ' || access === 'WRITE';
  if (shape.elsewhere && !isOpen && channel.kind === 'use') return elsewhere[channel.name] ?? 'open';
  // Over a selection the values are judged by all roles at first, and customer by customer as its turn comes.
  if (shape.elsewhere && channel.name === 'updateCustomers') return 'done';
  if (shape.elsewhere && channel.name === 'exports') return 'open';
  return expected[channel.kind][access];
}

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
  it.each(accesses)('%s gives in every channel what it gives', async (access) => {
    const token = await world.viewer(shape, access);
    const wrong: string[] = [];
    for (const type of types)
      for (const channel of channels.filter(({ applies }) => applies?.(type) ?? true)) {
        const key = shape.computed ? computedOf(keyOf(type)) : keyOf(type);
        const before = await stored();
        const outcome = await channel.ask({ world, token, type, key, computed: shape.computed ?? false });
        const want = expectedOf(channel, shape, access);
        cells += 1;
        if (outcome !== want) wrong.push(`${channel.name} of ${type}: ${outcome} instead of ${want}`);
        const isRefused = ['unknown', 'forbidden', 'read-only'].includes(outcome);
        if (isRefused && !isDeepStrictEqual(await stored(), before))
          wrong.push(`${channel.name} of ${type} changed something`);
      }
    expect(wrong).toEqual([]);
  });
});
