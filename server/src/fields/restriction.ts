import { eventsKey } from '@kequn/rules';
import type { EntityManager } from 'typeorm';
import { rightsOf } from '../access/gate.ts';
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
 * Whether a segment is restricted for the viewer: who may not read a field that its rule reads, itself or by way of other segments,
 * would learn the field's values from its rule, count, members and history.
 */
export async function restrictionOf(tx: Transactional<Context>): Promise<(segmentId: string) => boolean> {
  const rights = await rightsOf(tx);
  const reads = await kept(tx, segmentReads);
  return (segmentId) => [...(reads.get(segmentId)?.fields ?? [])].some((key) => !rights.may(key, 'filter'));
}

/** The keys of the segments that are restricted for the viewer: their rules may not ask for membership in them. */
export async function restrictedKeys(tx: Transactional<Context>): Promise<ReadonlySet<string>> {
  const isRestricted = await restrictionOf(tx);
  const reads = await kept(tx, segmentReads);
  return new Set([...reads].filter(([id]) => isRestricted(id)).map(([, { key }]) => key));
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
 * Whether the history of a segment is open to the viewer, as SQL: not where the segment ever read one of these fields (a placeholder
 * of {@link unreadableFields}), for a move tells of the rule before it too.
 */
export function historyIsOpen(segmentId: string, unreadable: string): string {
  return `not exists (select 1 from segment_version v where v.segment_id = ${segmentId} and v.reads && ${unreadable}::text[])`;
}

/** The keys of the fields whose values the viewer may not infer, archived ones too; `events` for what customers did. */
export async function unreadableFields(tx: Transactional<Context>): Promise<string[]> {
  const rights = await rightsOf(tx);
  const { fields } = await kept(tx, fieldCatalogue);
  return [...fields.map(({ key }) => key), eventsKey].filter((key) => !rights.may(key, 'filter'));
}
