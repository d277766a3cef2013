import { setTimeout as sleep } from 'node:timers/promises';
import type { Rule } from '@kequn/rules';
import { Metrics } from '../../server/src/platform/metrics.ts';
import { startSweeper } from '../../server/src/segments/sweeper.ts';
import type { BenchServer } from './bench-database.ts';
import type { Section } from './section.ts';
import { compared, timed, type Timings } from './timings.ts';
import { untilIdle } from './until-idle.ts';

/** Everybody of the bench was made today. */
const madeToday: Rule = { '==': [{ days_since: [{ var: 'created_at' }] }, 0] };

/** All customers leave a segment at one midnight: how long the sweeper takes, and one statement by hand that writes the same rows. */
export const midnightSection: Section = {
  name: 'midnight',
  about: 'everybody leaves a segment at midnight, with history and outbox',
  async run({ filled }) {
    const { byHand, swept } = await timedMidnight(await filled());
    return [compared(byHand, byHand), compared(swept, byHand, '≤ 60 s')];
  },
};

/** Everybody enters the segment, and then leaves it twice: by hand, rolled back, and by the sweeper. No other segment may have members. */
export async function timedMidnight(server: BenchServer): Promise<{ byHand: Timings; swept: Timings }> {
  await activate(server);
  await server.asOwner('vacuum analyze');
  const byHand = await timed('one statement by hand, rolled back', [leaveByHand(server)], (work) => work(), 0);
  await server.asOwner('vacuum analyze');
  const swept = await timed('sweeper, from midnight to the last', [sweepAtMidnight(server)], (work) => work(), 0);
  return { byHand, swept };
}

async function activate(server: BenchServer): Promise<void> {
  const save = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }';
  const input = { key: 'made_today', name: 'Made today', rule: madeToday };
  const { saveSegment } = await server.ask<{ saveSegment: { id: string } }>(save, { input });
  await server.ask('mutation ($id: ID!) { activateSegment(id: $id) { id } }', saveSegment);
  await untilIdle(server);
}

function leaveByHand({ asOwner }: BenchServer) {
  return async () => {
    await asOwner('begin');
    await asOwner(`
      with gone as (delete from membership returning customer_id, generation_id),
           told as (insert into membership_change (customer_id, segment_id, kind, at, cause, rule_version)
                    select g.customer_id, s.id, 'LEFT', now(), 'TIME', s.rule_version
                      from gone g join segment s on s.generation_id = g.generation_id returning customer_id, segment_id),
           done as (delete from customer_due)
      insert into outbox (customer_id, kind, payload, at)
      select customer_id, 'segment.left', jsonb_build_object('segmentId', segment_id), now() from told`);
    await asOwner('rollback');
  };
}

/** The clock of the sweeper is put to the next midnight, and everybody is due at once. */
function sweepAtMidnight({ system, asOwner }: BenchServer) {
  return async () => {
    const [row] = await asOwner<{ at: string }>('select max(due_at) as at from customer_due');
    const midnight = new Date(row!.at).toISOString();
    const sweeper = startSweeper({ ...system, clock: { now: async () => midnight } }, new Metrics(), { isIdle: false });
    while ((await asOwner('select from customer_due limit 1')).length > 0) await sleep(50);
    await sweeper.stop();
    const left = await asOwner('select from membership limit 1');
    if (left.length > 0) throw new Error('Somebody stayed');
  };
}
