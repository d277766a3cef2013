import { eventsKey } from '@kequn/rules';
import type { EntityManager } from 'typeorm';
import { rightsOf, type FieldUse, type KnownRole, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { fieldCatalogue } from './catalogue.ts';
import { segmentReads, type Sources } from './segment-reads.ts';

/** Tells whether something of a segment, by its id, is closed to the viewer. */
export type Restriction = (segmentId: string) => boolean;

/**
 * Whether the rule of a segment is closed: who may not read all fields that it reads, itself or by way of other segments, would learn their
 * values from it. A segment that it asks for tells no more than its members do.
 */
export async function ruleRestriction(tx: Transactional<Context>): Promise<Restriction> {
  const rights = await rightsOf(tx);
  const reads = await kept(tx, segmentReads);
  return (id) => !rights.held.some((role) => rights.alone(role).mayAll(reads.toldByRule(role, id), 'filter'));
}

/**
 * Whether the members of a segment, their number and their moves are closed: as its rule is, unless the segment is shared with a role of the
 * viewer. Asked of all rights of the viewer, or of those on one customer.
 */
export async function memberRestriction(tx: Transactional<Context>, onCustomer?: Rights): Promise<Restriction> {
  const rights = onCustomer ?? (await rightsOf(tx));
  const reads = await kept(tx, segmentReads);
  return (id) => !rights.held.some((role) => rights.alone(role).mayAll(reads.toldByMembers(role, id), 'filter'));
}

/** The keys of the segments whose members are closed to the viewer: their rules may not ask for membership in them. */
export async function restrictedKeys(tx: Transactional<Context>): Promise<ReadonlySet<string>> {
  const isRestricted = await memberRestriction(tx);
  const { keys } = await kept(tx, segmentReads);
  return new Set(keys.filter(([id]) => isRestricted(id)).map(([, key]) => key));
}

/**
 * The roles that each allow this use of everything that is found out: what is found out by using fields and segments together is limited to
 * the customers whom such a role sees.
 */
export async function rolesThatMayUse(
  tx: Transactional<Context>,
  { fields = [], members = [], moves = [] }: Sources,
  use: FieldUse = 'filter',
): Promise<readonly KnownRole[]> {
  const rights = await rightsOf(tx);
  const reads = await kept(tx, segmentReads);
  const moved = [...moves];
  const ever = await fieldsEverRead(tx, moved);
  const toldTo = (role: KnownRole) => [
    ...fields,
    ...[...members, ...moved].flatMap((id) => [...reads.toldByMembers(role, id)]),
    ...moved.flatMap((id) => (ever.get(id) ?? []).filter((key) => !role.shares.get(id)?.has(key))),
  ];
  return rights.held.filter((role) => rights.alone(role).mayAll(toldTo(role), use));
}

/** The fields that the rules of each of these segments ever read, deleted ones too. */
export async function fieldsEverRead(
  tx: Transactional<Context>,
  segmentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (segmentIds.length === 0) return new Map();
  const rows = await tx.manager.query<{ id: string; keys: string[] }[]>(
    `select segment_id as id, array_agg(distinct key) as keys from segment_version, unnest(reads) as key
      where segment_id = any($1::uuid[]) group by segment_id`,
    [segmentIds],
  );
  return new Map(rows.map(({ id, keys }) => [id, keys]));
}

/**
 * Adds to the present version of every segment what its rule reads by way of other segments, and of formulas that are not released: a rule or a
 * formula that holds from now on changes that for all that ask for it, and their moves tell of it.
 */
export async function noteReadsOfVersions(manager: EntityManager): Promise<void> {
  await manager.query(
    `with recursive reads as (
       select s.id, r.kind, r.key
         from segment s join reference r on r.owner_kind = 'segment' and r.owner_id = s.id::text
        where s.deleted_at is null
       union
       select reads.id, r.kind, r.key
         from reads
         join (select 'segment' as kind, key, id::text as owner_id from segment where deleted_at is null
               union all
               select 'field', key, key from field where computed and not released) behind
           on behind.kind = reads.kind and behind.key = reads.key
         join reference r on r.owner_kind = behind.kind and r.owner_id = behind.owner_id),
          present as (select id, array_agg(key) as fields from reads where kind = 'field' group by id)
     update segment_version v
        set reads = array(select distinct unnest(v.reads || present.fields))
       from present
      where v.segment_id = present.id and not present.fields <@ v.reads
        and v.number = (select max(number) from segment_version latest where latest.segment_id = v.segment_id)`,
  );
}

/** What keeps the history of segments from one role of the viewer. */
export interface HistoryReader {
  /** The keys of the fields whose values may not be inferred by it, archived ones too, `events` for what customers did. */
  readonly unreadable: readonly string[];
  /** By segment that is shared with it and open, the keys of those that its moves may tell of all the same. */
  readonly shares: Readonly<Record<string, readonly string[]>>;
}

/** By role of the viewer, what keeps history from it. Of all roles, or of those that count on one customer. */
export async function historyReaders(
  tx: Transactional<Context>,
  onCustomer?: Rights,
): Promise<readonly HistoryReader[]> {
  const rights = onCustomer ?? (await rightsOf(tx));
  const reads = await kept(tx, segmentReads);
  const unreadable = await unreadableByRole(tx, rights);
  return rights.held.map((role, index) => {
    const open = [...role.shares].filter(([id]) => rights.alone(role).mayAll(reads.toldByMembers(role, id), 'filter'));
    return { unreadable: unreadable[index]!, shares: Object.fromEntries(open.map(([id, keys]) => [id, [...keys]])) };
  });
}

/**
 * Whether the history of a segment is open to the viewer, as SQL: by one of its `readers` (a placeholder of what {@link historyReaders}
 * gives, as JSON), not where the segment ever read some of what that may not read: a move tells of the rule before it too.
 */
export function historyIsOpen(segmentId: string, readers: string): string {
  return `exists (
    select 1 from jsonb_to_recordset(${readers}::jsonb) as reader (unreadable text[], shares jsonb)
     where not exists (select 1 from segment_version v
                        where v.segment_id = ${segmentId}
                          and v.reads && array(
                            select unnest(reader.unreadable)
                            except select jsonb_array_elements_text(reader.shares -> ${segmentId}::text))))`;
}

/** By role of the viewer, the keys of the fields whose values may not be inferred by it, archived ones too. */
export async function unreadableByRole(
  tx: Transactional<Context>,
  onCustomer?: Rights,
): Promise<readonly (readonly string[])[]> {
  const rights = onCustomer ?? (await rightsOf(tx));
  const { fields } = await kept(tx, fieldCatalogue);
  const keys = [...fields.map(({ key }) => key), eventsKey];
  return rights.held.map((role) => keys.filter((key) => !rights.alone(role).may(key, 'filter')));
}
