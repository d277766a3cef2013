import { ruleToSql, SqlParameters, type Node, type Rule } from '@kequn/rules';
import { customerTarget } from '../../../server/src/fields/customer-table.ts';
import { newId } from '../../../server/src/platform/uuid.ts';
import type { BenchServer } from '../bench-database.ts';
import { checked, moment } from '../one-scan-section.ts';

/** Segments whose members one scan writes. */
const AT_ONCE = 50;

/**
 * Makes the rules those of active segments by SQL, which a job of its own for each would do for hours; gives how long it took to write
 * the members, in milliseconds.
 */
export async function makeLive(server: BenchServer, rules: readonly Rule[]): Promise<number> {
  const segments = [];
  for (const [n, rule] of rules.entries()) segments.push(await draft(server, rule, `Segment ${n}`));
  const started = performance.now();
  for (let from = 0; from < segments.length; from += AT_ONCE)
    await writeMembers(server, segments.slice(from, from + AT_ONCE));
  const took = performance.now() - started;
  await server.asOwner(
    `update segment s set status = 'ACTIVE', generation_id = made.generation
       from unnest($1::uuid[], $2::uuid[]) as made (id, generation) where s.id = made.id`,
    [segments.map(({ id }) => id), segments.map(({ generation }) => generation)],
  );
  await raiseVersion(server);
  await server.asOwner('vacuum analyze');
  return took;
}

/** Leaves the first so many of those made live active and the others paused, whose members stay as they are. */
export async function keepLive(server: BenchServer, count: number): Promise<void> {
  await server.asOwner(
    `update segment s set status = case when n.at <= $1 then 'ACTIVE' else 'PAUSED' end
       from (select id, row_number() over (order by id) as at from segment where generation_id is not null) n where s.id = n.id`,
    [count],
  );
  await raiseVersion(server);
}

/** Takes all segments away, and with them their members and what is told of them. */
export async function clearSegments(server: BenchServer): Promise<void> {
  await server.asOwner('truncate membership, membership_change, customer_due, outbox');
  await server.asOwner(`update segment set status = 'PAUSED', generation_id = null, deleted_at = now()`);
  await server.asOwner(`delete from reference where owner_kind = 'segment'`);
  await raiseVersion(server);
}

interface Segment {
  readonly id: string;
  readonly generation: string;
  readonly rule: Node;
}

async function draft({ ask }: BenchServer, rule: Rule, name: string): Promise<Segment> {
  const save = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }';
  const { saveSegment } = await ask<{ saveSegment: { id: string } }>(save, { input: { name, rule } });
  return { id: saveSegment.id, generation: newId(), rule: checked(rule) };
}

/** One scan for all of them. */
async function writeMembers({ asOwner }: BenchServer, segments: readonly Segment[]): Promise<void> {
  const parameters = new SqlParameters();
  const target = customerTarget(parameters, moment);
  const generations = segments.map(
    ({ generation, rule }) => `case when ${ruleToSql(rule, target)} then ${parameters.add(generation)}::uuid end`,
  );
  await asOwner(
    `insert into membership (customer_id, generation_id, since)
     select c.id, g.id, now() from customer c cross join lateral unnest(array[${generations.join(', ')}]) as g (id)
      where g.id is not null`,
    parameters.values,
  );
}

/** Lets the server see what was changed behind its back. */
async function raiseVersion({ asOwner }: BenchServer): Promise<void> {
  await asOwner('update rule_set set version = version + 1');
}
