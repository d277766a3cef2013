import { startBenchServer, type BenchServer } from './bench-database.ts';
import { fillCustomers } from './fill-customers.ts';
import { oneFieldEdit } from './one-field-edits.ts';
import { narrowRule } from './narrow-rules.ts';
import type { Section } from './section.ts';
import { compared, timedInTurns } from './timings.ts';

/** Activating so many segments asks each of them of everybody, and a save is as long among few customers as among many. */
const CUSTOMERS = 20_000;
const SEGMENTS = [10, 100, 1_000];
const EDITS = 300;
const WARM_UPS = 50;

/** What active segments cost a save of one field, which one in nine of them reads: two servers take turns, one has no segments. */
export const segmentsSection: Section = {
  name: 'segments',
  about: `a save of one field through GraphQL; at most ${CUSTOMERS} customers`,
  async run({ count }) {
    const servers: BenchServer[] = [];
    try {
      for (let made = 0; made < 2; made += 1) {
        servers.push(await startBenchServer());
        await fillCustomers(servers[made]!, Math.min(count, CUSTOMERS));
      }
      return await editsByNumberOfSegments(servers[0]!, servers[1]!);
    } finally {
      for (const server of servers) await server.close();
    }
  },
};

async function editsByNumberOfSegments(plain: BenchServer, divided: BenchServer): Promise<readonly object[]> {
  const rows: object[] = [];
  const none = { what: 'save, one field, no segments', work: await oneFieldEdit(plain) };
  const work = await oneFieldEdit(divided);
  let active = 0;
  for (const segments of SEGMENTS) {
    for (; active < segments; active += 1) await activate(divided, active);
    await divided.asOwner('vacuum analyze');
    const some = { what: `save, one field, ${segments} active segments`, work };
    const [without, having] = await timedInTurns([none, some], EDITS, WARM_UPS);
    rows.push(compared(without!, without!), compared(having!, without!, segments === 1_000 ? '≤ 1.3 ×' : ''));
  }
  return rows;
}

async function activate({ ask }: BenchServer, n: number): Promise<void> {
  const input = { name: `Segment ${n}`, rule: narrowRule(n) };
  const save = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }';
  const { saveSegment } = await ask<{ saveSegment: { id: string } }>(save, { input });
  await ask('mutation ($id: ID!) { activateSegment(id: $id) { id } }', saveSegment);
}
