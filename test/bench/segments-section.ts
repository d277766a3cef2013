import type { Rule } from '@kequn/rules';
import { fillCustomers, startBenchServer, type BenchServer } from './bench-database.ts';
import { oneFieldEdit } from './one-field-edits.ts';
import { person } from './people.ts';
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
  const input = { name: `Segment ${n}`, rule: segmentRule(n) };
  const save = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }';
  const { saveSegment } = await ask<{ saveSegment: { id: string } }>(save, { input });
  await ask('mutation ($id: ID!) { activateSegment(id: $id) { id } }', saveSegment);
}

/** The rule of the n-th segment: of the nine fields each is read in turn, by rules that hold for about one customer in a hundred. */
function segmentRule(n: number): Rule {
  return ruleKinds[n % ruleKinds.length]!(Math.floor(n / ruleKinds.length));
}

const ruleKinds: readonly ((n: number) => Rule)[] = [
  (n) => ({ starts_with: [{ var: 'name' }, person(n).name.slice(0, 2)] }),
  (n) => phoneEndsWith(n),
  (n) => ({ starts_with: [{ var: 'email' }, person(n).email.slice(0, 5)] }),
  (n) => ({ and: [{ within_region: [{ var: 'region' }, person(n).region] }, phoneEndsWith(n)] }),
  (n) => ({ and: [{ '==': [{ var: 'level' }, person(n).level] }, phoneEndsWith(n)] }),
  // Bands that touch: an edit takes a customer out of one and into another.
  (n) => band('spend', n * 90, (n + 1) * 90),
  (n) => ({ '==': [{ var: 'orders' }, n] }),
  (n) => band('birthday', `${1950 + (n % 55)}-01-01`, `${1951 + (n % 55)}-01-01`),
  (n) => ({ and: [{ '==': [{ var: 'vip' }, true] }, phoneEndsWith(n)] }),
];

function phoneEndsWith(n: number): Rule {
  return { ends_with: [{ var: 'phone' }, String(n).padStart(2, '0').slice(-2)] };
}

function band(field: string, from: number | string, to: number | string): Rule {
  return { and: [{ '>=': [{ var: field }, from] }, { '<': [{ var: field }, to] }] };
}
