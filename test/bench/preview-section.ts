import type { BenchServer } from './bench-database.ts';
import { eightConditions, eightConditionsByHand } from './eight-conditions.ts';
import type { Section } from './section.ts';
import { compared, timedInTurns, type Piece, type Timings } from './timings.ts';

/** The count beside the rule editor: exact, with that of each condition, and estimated, beside SQL by hand. */
export const previewSection: Section = {
  name: 'preview',
  about: 'the count of a rule of eight conditions; an estimate looks at a sample from 100,000 customers on',
  async run({ filled }) {
    const counts = await timedCounts(await filled());
    return counts.map(({ timings, goal }) => compared(timings, counts[0]!.timings, goal));
  },
};

/** The ways of counting one rule, timed in turns; the first is SQL by hand. */
export async function timedCounts(server: BenchServer): Promise<readonly { timings: Timings; goal: string }[]> {
  await requireSameCount(server);
  const pieces = piecesOn(server);
  const all = await timedInTurns(pieces, 20, 5);
  return all.map((timings, index) => ({ timings, goal: pieces[index]!.goal }));
}

function piecesOn(server: BenchServer): readonly (Piece & { readonly goal: string })[] {
  return [
    { what: 'count, SQL by hand', goal: '', work: () => server.asOwner(eightConditionsByHand) },
    { what: 'count, exact', goal: '≤ 1.1 ×; ≤ 1 s at 1,000,000', work: () => preview(server, 'count total') },
    {
      what: 'count and each condition, exact',
      goal: '≤ 1 s at 1,000,000',
      work: () => preview(server, 'count total conditions { path count }'),
    },
    {
      what: 'count, estimate',
      goal: '≤ 300 ms at 1,000,000',
      work: () => preview(server, 'count exact margin total', true),
    },
  ];
}

async function preview({ ask }: BenchServer, answer: string, estimate = false): Promise<{ readonly count: number }> {
  const query = `query ($rule: Rule!, $estimate: Boolean) { previewRule(rule: $rule, sample: 0, estimate: $estimate) { ${answer} } }`;
  const { previewRule } = await ask<{ previewRule: { count: number } }>(query, { rule: eightConditions, estimate });
  return previewRule;
}

/** A faster answer counts only if it is the same one. */
async function requireSameCount(server: BenchServer): Promise<void> {
  const { count } = await preview(server, 'count');
  const [byHand] = await server.asOwner<{ count: number }>(eightConditionsByHand);
  if (byHand!.count !== count) throw new Error(`The preview counts ${count} customers, SQL by hand ${byHand!.count}`);
}
