import { segmentsOf, sentence, type Node } from '@kequn/rules';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { cycleOf } from '../fields/cycle.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';

/**
 * Refuses a rule by which a segment would ask for membership in itself, by way of others or at once.
 *
 * @throws {Refused} RULE_INVALID with an issue CYCLE at the operation, which names the segments on the way.
 */
export async function requireNoCycle(tx: Transactional<RequestContext>, segmentKey: string, rule: Node): Promise<void> {
  const asked = segmentsOf(rule);
  if (asked.size === 0) return;
  const stored = await storedAsks(tx);
  const cycle = cycleOf(segmentKey, (key) => (key === segmentKey ? asked.keys() : (stored.get(key) ?? [])));
  if (!cycle) return;
  const { segments } = (await kept(tx, fieldCatalogue)).rules;
  const way = cycle.map((key) => segments?.get(key) ?? key).join(' → ');
  const message = sentence(`分群互相引用：${way}`, `Segments ask for each other: ${way}`);
  throw refused('RULE_INVALID', { issues: [{ path: asked.get(cycle[1]!) ?? '', code: 'CYCLE', message }] });
}

/** The keys of the segments that each segment's rule asks for, drafts and paused ones included. */
async function storedAsks({ manager }: Transactional<RequestContext>): Promise<ReadonlyMap<string, string[]>> {
  const rows = await manager.query<{ key: string; asks: string[] }[]>(
    `select s.key, array_agg(r.key order by r.key) as asks
       from segment s join reference r on r.owner_kind = 'segment' and r.owner_id = s.id::text and r.kind = 'segment'
      where s.deleted_at is null group by s.key`,
  );
  return new Map(rows.map(({ key, asks }) => [key, asks]));
}
