import { eventsKey, fieldsOf, segmentsOf, type Node } from '@kequn/rules';
import type { EntityManager } from 'typeorm';
import { rightsOf, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { kept, type Kept } from '../platform/rule-set.ts';
import { fieldCatalogue } from './catalogue.ts';

/** What the rule of a segment reads. */
interface SegmentReads {
  readonly key: string;
  /** The keys of fields, those that the segments read which it asks membership of included. */
  readonly fields: ReadonlySet<string>;
}

/** By segment, what its rule reads, and what those rules read whose segments it asks membership of. UNION would end a cycle too. */
const readsOfSegments = `
  reads as (
    select s.id, s.key as segment_key, r.kind, r.key
      from segment s join reference r on r.owner_kind = 'segment' and r.owner_id = s.id::text
     where s.deleted_at is null
    union
    select reads.id, reads.segment_key, r.kind, r.key
      from reads
      join segment asked on reads.kind = 'segment' and asked.key = reads.key and asked.deleted_at is null
      join reference r on r.owner_kind = 'segment' and r.owner_id = asked.id::text)`;

/** What each segment's rule reads, by segment id. */
const segmentReads: Kept<ReadonlyMap<string, SegmentReads>> = {
  name: 'segment reads',
  async load({ manager }) {
    const rows = await manager.query<{ id: string; key: string; fields: string[] }[]>(
      `with recursive ${readsOfSegments}
       select id, segment_key as key, array_agg(key) filter (where kind = 'field') as fields from reads group by id, segment_key`,
    );
    return new Map(rows.map(({ id, key, fields }) => [id, { key, fields: new Set(fields ?? []) }]));
  },
};

/**
 * Whether a segment is restricted: who may not read all fields that its rule reads, itself or by way of other segments, would learn their
 * values from its rule, count, members and history. Asked of all rights of the viewer, or of those on one customer.
 */
export async function restrictionOf(
  tx: Transactional<Context>,
  onCustomer?: Rights,
): Promise<(segmentId: string) => boolean> {
  const rights = onCustomer ?? (await rightsOf(tx));
  const reads = await kept(tx, segmentReads);
  return (segmentId) => !rights.mayAll(reads.get(segmentId)?.fields ?? [], 'filter');
}

/** The keys of the segments that are restricted for the viewer: their rules may not ask for membership in them. */
export async function restrictedKeys(tx: Transactional<Context>): Promise<ReadonlySet<string>> {
  const isRestricted = await restrictionOf(tx);
  const reads = await kept(tx, segmentReads);
  return new Set([...reads].filter(([id]) => isRestricted(id)).map(([, { key }]) => key));
}

/** What one finds out of by the members of a segment, as the keys of fields. */
export async function fieldsReadBy(tx: Transactional<Context>, segmentId: string): Promise<Iterable<string>> {
  return (await kept(tx, segmentReads)).get(segmentId)?.fields ?? [];
}

/** The same by its history: the fields that its rules ever read. */
export async function fieldsEverReadBy(tx: Transactional<Context>, segmentId: string): Promise<Iterable<string>> {
  const ever = (await fieldsEverRead(tx, [segmentId])).get(segmentId) ?? [];
  return [...ever, ...(await fieldsReadBy(tx, segmentId))];
}

/** The fields that the rules of each of these segments ever read, deleted ones too. */
export async function fieldsEverRead(
  tx: Transactional<Context>,
  segmentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx.manager.query<{ id: string; keys: string[] }[]>(
    `select segment_id as id, array_agg(distinct key) as keys from segment_version, unnest(reads) as key
      where segment_id = any($1::uuid[]) group by segment_id`,
    [segmentIds],
  );
  return new Map(rows.map(({ id, keys }) => [id, keys]));
}

/** What one finds out of by a rule: the fields that it reads, and those that the segments read which it asks membership of. */
export async function fieldsUsedBy(tx: Transactional<Context>, rule: Node): Promise<ReadonlySet<string>> {
  const asked = segmentsOf(rule);
  const reads = asked.size === 0 ? [] : [...(await kept(tx, segmentReads)).values()];
  return new Set([
    ...fieldsOf(rule),
    ...reads.filter(({ key }) => asked.has(key)).flatMap(({ fields }) => [...fields]),
  ]);
}

/**
 * Adds to the present version of every segment what its rule reads by way of others: a rule that has just been saved changes that for
 * the segments that ask for membership in its segment, and their moves from now on tell of it.
 */
export async function noteReadsOfVersions(manager: EntityManager): Promise<void> {
  await manager.query(
    `with recursive ${readsOfSegments},
          present as (select id, array_agg(key) as fields from reads where kind = 'field' group by id)
     update segment_version v
        set reads = array(select distinct unnest(v.reads || present.fields))
       from present
      where v.segment_id = present.id and not present.fields <@ v.reads
        and v.number = (select max(number) from segment_version latest where latest.segment_id = v.segment_id)`,
  );
}

/**
 * Whether the history of a segment is open to the viewer, as SQL: by one of the roles of which `unreadable` (a placeholder of what
 * {@link unreadableByRole} gives, as JSON) tells what it may not read, not where the segment ever read some of that: a move tells of the rule
 * before it too.
 */
export function historyIsOpen(segmentId: string, unreadable: string): string {
  return `exists (
    select 1 from jsonb_array_elements(${unreadable}::jsonb) as role (keys)
     where not exists (select 1 from segment_version v
                        where v.segment_id = ${segmentId} and v.reads && array(select jsonb_array_elements_text(role.keys))))`;
}

/**
 * By role of the viewer, the keys of the fields whose values may not be inferred by it, archived ones too, `events` for what customers
 * did. Of all roles, or of those that count on one customer.
 */
export async function unreadableByRole(
  tx: Transactional<Context>,
  onCustomer?: Rights,
): Promise<readonly (readonly string[])[]> {
  const rights = onCustomer ?? (await rightsOf(tx));
  const { fields } = await kept(tx, fieldCatalogue);
  const keys = [...fields.map(({ key }) => key), eventsKey];
  return rights.held.map((role) => keys.filter((key) => !rights.alone(role).may(key, 'filter')));
}
