import type { EntityManager } from 'typeorm';
import type { Usage } from './field.ts';

/** What names what: written by every save of a rule, read to say where a thing is used before it is taken away. */
export interface Referrer {
  readonly ownerKind: 'segment' | 'field' | 'role' | 'retention' | 'form';
  /** The id of a segment, a role, a retention rule or a form, the key of a field. */
  readonly ownerId: string;
}

/** What a rule reads, by key. */
export interface Reads {
  readonly fields: Iterable<string>;
  readonly segments?: Iterable<string>;
  /** Fields that are named, though nothing that is in use reads them. */
  readonly named?: Iterable<string>;
}

/** Replaces what something is noted to read. */
export async function noteReads(
  manager: EntityManager,
  { ownerKind, ownerId }: Referrer,
  { fields, segments = [], named = [] }: Reads,
): Promise<void> {
  await manager.query('delete from reference where owner_kind = $1 and owner_id = $2', [ownerKind, ownerId]);
  await manager.query(
    `insert into reference (owner_kind, owner_id, kind, key)
     select $1, $2, 'field', unnest($3::text[]) union all select $1, $2, 'segment', unnest($4::text[])
     union all select $1, $2, 'named', unnest($5::text[])`,
    [ownerKind, ownerId, [...fields], [...segments], [...named]],
  );
}

/** A segment, the scope of a role, a retention rule, a form or the rule of another field that reads a field. */
export interface FieldUsage extends Usage {
  readonly key: string;
  /** Whether it is in use now: an active segment or retention rule, a live field, a role, a rule of a published form. */
  readonly live: boolean;
}

/** Everything that reads one of these fields. */
export async function usagesOf(manager: EntityManager, keys: readonly string[]): Promise<readonly FieldUsage[]> {
  return manager.query<FieldUsage[]>(
    `select r.key, r.owner_kind as kind, owner.id, owner.name, bool_or(owner.live and r.kind = 'field') as live
       from reference r
       join (select 'segment' as kind, id::text, name, status = 'ACTIVE' as live from segment where deleted_at is null
             union all
             select 'field', key, label, not archived from field
             union all
             select 'role', id::text, name, true from role
             union all
             select 'retention', id::text, name, active from retention_rule
             union all
             select 'form', id::text, name, true from form where deleted_at is null) owner
         on owner.kind = r.owner_kind and owner.id = r.owner_id
      where r.kind in ('field', 'named') and r.key = any($1::text[]) and not (r.owner_kind = 'field' and r.owner_id = r.key)
      group by r.key, r.owner_kind, owner.id, owner.name
      order by owner.name, owner.id`,
    [keys],
  );
}

/** The segments whose rules ask for membership in a segment, by its key, and the roles whose scopes and the retention rules that do. */
export async function segmentUsagesOf(manager: EntityManager, key: string): Promise<readonly Usage[]> {
  return manager.query<Usage[]>(
    `select r.owner_kind as kind, owner.id, owner.name
       from reference r
       join (select 'segment' as kind, id::text, name from segment where deleted_at is null
             union all
             select 'role', id::text, name from role
             union all
             select 'retention', id::text, name from retention_rule) owner
         on owner.kind = r.owner_kind and owner.id = r.owner_id
      where r.kind = 'segment' and r.key = $1 order by owner.name, owner.id`,
    [key],
  );
}
