import { checkRule, compileRule, momentAt, segmentsOf, withSegments, type Moment, type Node } from '@kequn/rules';
import { storedWorld, type StoredWorld } from './stored-world.ts';
import type { TestServer } from './test-server.ts';

interface ActiveSegment {
  readonly key: string;
  readonly rule: Node;
}

/**
 * How many customers are stored as members of a segment in which they are not by a naive recount, or the other way round, at an instant: every
 * rule of an active segment is asked of every customer in JS, those first that others ask membership of. None, of customers who are not due.
 */
export async function recountErrors(server: TestServer, at: string): Promise<number> {
  const world = await storedWorld(server);
  const segments = inOrder(await activeSegments(server, world));
  const moment = momentAt(at, server.database.timeZone);
  const stored = await storedMembers(server);
  const counted = new Set(world.customers.flatMap((customer) => membershipsOf(customer, segments, moment)));
  return (
    [...counted].filter((each) => !stored.has(each)).length + [...stored].filter((each) => !counted.has(each)).length
  );
}

function membershipsOf(
  { id, row }: StoredWorld['customers'][number],
  segments: readonly ActiveSegment[],
  moment: Moment,
): readonly string[] {
  const keys: string[] = [];
  for (const { key, rule } of segments) if (compileRule(rule)(withSegments(row, keys), moment)) keys.push(key);
  return keys.map((key) => `${key} ${id}`);
}

async function activeSegments({ database }: TestServer, { catalogue }: StoredWorld): Promise<readonly ActiveSegment[]> {
  const rows = await database.source.query<{ key: string; rule: unknown }[]>(
    `select key, rule from segment where status = 'ACTIVE' and deleted_at is null`,
  );
  return rows.map(({ key, rule }) => {
    const outcome = checkRule(rule, catalogue);
    if (!outcome.ok) throw new Error(`The rule of ${key} is none`);
    return { key, rule: outcome.value };
  });
}

function inOrder(segments: readonly ActiveSegment[]): readonly ActiveSegment[] {
  const placed: ActiveSegment[] = [];
  while (placed.length < segments.length) {
    const left = segments.filter((segment) => !placed.includes(segment));
    const waiting = new Set(left.map(({ key }) => key));
    placed.push(...left.filter(({ rule }) => ![...segmentsOf(rule).keys()].some((key) => waiting.has(key))));
  }
  return placed;
}

async function storedMembers({ database }: TestServer): Promise<ReadonlySet<string>> {
  const rows = await database.source.query<{ member: string }[]>(
    `select s.key || ' ' || m.customer_id as member from membership m join segment s on s.generation_id = m.generation_id`,
  );
  return new Set(rows.map(({ member }) => member));
}
