import { write } from '../../../server/src/platform/transaction.ts';
import { startRebuild, untilRebuilt } from '../../../server/src/segments/rebuild/start-rebuild.ts';
import type { BenchServer } from '../bench-database.ts';
import { checked, oneByOne } from '../one-scan-section.ts';
import type { Section } from '../section.ts';
import { segmentRule } from '../segment-rules.ts';
import { timed } from '../timings.ts';
import { untilIdle } from '../until-idle.ts';
import { clearSegments, makeLive } from './live-segments.ts';
import { plainRow, seconds, timesRow, type ScaleRow } from './scale-row.ts';

const SEGMENTS = [1, 10, 50];

/**
 * Everybody evaluated anew for some segments by one job, as after another edition of the language, beside one scan by hand that writes
 * the same members.
 */
export const rebuildsSection: Section = {
  name: 'scale-rebuilds',
  about: 're-evaluation of active segments, to where the new members are in place',
  async run({ filled }) {
    const server = await filled();
    const rows: ScaleRow[] = [];
    for (const segments of SEGMENTS) {
      const rules = Array.from({ length: segments }, (_, n) => segmentRule(n));
      await clearSegments(server);
      const byHand = await makeLive(server, rules);
      const { toSwap, toEnd, members } = await reevaluate(server);
      rows.push(timesRow(`re-evaluation of ${segments} (${members} members)`, toSwap, byHand));
      rows.push(plainRow(`… until the former members are deleted`, seconds(toEnd)));
      if (segments === 50) rows.push(await besideCounts(server, toSwap));
    }
    await clearSegments(server);
    return rows;
  },
};

async function reevaluate(server: BenchServer): Promise<{ toSwap: number; toEnd: number; members: number }> {
  const before = await membersOf(server);
  const started = performance.now();
  const jobId = await reevaluation(server);
  await untilRebuilt(server.system, jobId);
  const toSwap = performance.now() - started;
  await untilIdle(server);
  const toEnd = performance.now() - started;
  const after = await membersOf(server);
  if (after !== before) throw new Error(`SQL by hand made ${before} members, the server ${after}`);
  return { toSwap, toEnd, members: after };
}

/** Has all active segments evaluated anew; gives the job. */
export async function reevaluation({ system, asOwner }: BenchServer): Promise<string> {
  const [row] = await asOwner<{ edition: string }>('select edition from rule_set');
  const job = await write(system, (tx) => startRebuild(tx, { act: 'EDITION', edition: row!.edition }));
  return job.id;
}

async function membersOf({ asOwner }: BenchServer): Promise<number> {
  const [row] = await asOwner<{ count: number }>('select count(*)::int as count from membership');
  return row!.count;
}

async function besideCounts(server: BenchServer, toSwap: number): Promise<ScaleRow> {
  const rules = Array.from({ length: 50 }, (_, n) => checked(segmentRule(n)));
  const counts = await timed('50 single counts', [rules], (each) => oneByOne(server, each), 0);
  const what = 're-evaluation of 50, beside 50 single counts that write nothing';
  return timesRow(what, toSwap, counts.p50, '≤ 0.4 × in one scan');
}
