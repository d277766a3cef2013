import type { EntityManager } from 'typeorm';
import type { Usage } from './field.ts';

/** What names what: written by every save of a rule, read to say where a thing is used before it is taken away. */
export interface Referrer {
  readonly ownerKind: 'segment';
  readonly ownerId: string;
}

/** Replaces the fields that something is noted to read. */
export async function noteFieldsRead(
  manager: EntityManager,
  { ownerKind, ownerId }: Referrer,
  keys: Iterable<string>,
): Promise<void> {
  await manager.query(`delete from reference where owner_kind = $1 and owner_id = $2 and kind = 'field'`, [
    ownerKind,
    ownerId,
  ]);
  await manager.query(
    `insert into reference (owner_kind, owner_id, kind, key) select $1, $2, 'field', unnest($3::text[])`,
    [ownerKind, ownerId, [...keys]],
  );
}

/** A segment that reads a field. */
export interface FieldUsage extends Usage {
  readonly key: string;
  /** Whether customers are being divided by it now. */
  readonly live: boolean;
}

/** Everything that reads one of these fields. */
export async function usagesOf(manager: EntityManager, keys: readonly string[]): Promise<readonly FieldUsage[]> {
  return manager.query<FieldUsage[]>(
    `select r.key, r.owner_kind as kind, s.id, s.name, s.status = 'ACTIVE' as live
       from reference r join segment s on r.owner_kind = 'segment' and s.id = r.owner_id and s.deleted_at is null
      where r.kind = 'field' and r.key = any($1::text[])
      order by s.name, s.id`,
    [keys],
  );
}
