import { setTimeout as sleep } from 'node:timers/promises';
import type { Rule } from '@kequn/rules';
import type { BenchServer } from '../bench-database.ts';
import { oneFieldEditOf, type EditedCustomer } from '../one-field-edits.ts';
import type { Section } from '../section.ts';
import { segmentRule } from '../segment-rules.ts';
import { untilIdle } from '../until-idle.ts';
import { clearSegments, makeLive } from './live-segments.ts';
import { inOpenLoop } from './open-loop.ts';
import { reevaluation } from './rebuilds-section.ts';
import { plainRow, seconds, type ScaleRow } from './scale-row.ts';

/** Fifty saves a second. */
const EVERY_MS = 20;
/** So many that nobody is saved twice within half a minute. */
const SAVED = 2_000;
const GOAL = 'max ≤ 1 s';

/** Saves in an open loop while nothing else happens, while ten segments are evaluated anew, and while half of all enter a segment. */
export const stallsSection: Section = {
  name: 'scale-stalls',
  about: '50 saves a second in an open loop, latencies from the intended start',
  async run({ filled }) {
    const server = await filled();
    await clearSegments(server);
    await makeLive(
      server,
      Array.from({ length: 10 }, (_, n) => segmentRule(n)),
    );
    const rows = [
      await saving(server, 'saves, nothing else', () => sleep(20_000)),
      await saving(server, 'saves during a re-evaluation of 10', async () => {
        await reevaluation(server);
        await untilIdle(server);
      }),
      await saving(server, 'saves while every second customer enters a segment', () => activate(server, everySecond)),
    ];
    await clearSegments(server);
    return rows;
  },
};

const everySecond: Rule = { '<': [{ var: 'birthday' }, '1977-06-01'] };

async function saving(server: BenchServer, what: string, during: () => Promise<unknown>): Promise<ScaleRow> {
  const save = oneFieldEditOf(server, await spreadCustomers(server));
  for (let warmUps = 0; warmUps < 50; warmUps += 1) await save();
  const loop = await inOpenLoop(save, EVERY_MS, during());
  const [p50, p99, max, stall] = [loop.p50, loop.p99, loop.max, loop.stall].map(Math.round);
  const measured = `${loop.times} saves in ${seconds(loop.took)}, ${loop.failed} refused, p50 ${p50} ms, p99 ${p99} ms, max ${max} ms; ${stall} ms without any end`;
  return plainRow(what, measured, GOAL);
}

/** Spread over all ids, which is the order of a rebuild. */
async function spreadCustomers({ asOwner }: BenchServer): Promise<readonly EditedCustomer[]> {
  return asOwner(
    `select id, version from (
       select distinct on (part) id, version from (select id, version, ntile(${SAVED}) over (order by id) as part from customer) c) one
      order by hashtext(id::text)`,
  );
}

/** Until everybody has been told. */
async function activate(server: BenchServer, rule: Rule): Promise<void> {
  const save = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }';
  const { saveSegment } = await server.ask<{ saveSegment: { id: string } }>(save, { input: { name: 'Half', rule } });
  await server.ask('mutation ($id: ID!) { activateSegment(id: $id) { id } }', saveSegment);
  await untilIdle(server);
}
