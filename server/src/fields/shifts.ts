import { roles } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { requireWithinOwnRightsOnAll } from '../access/within-own-rights.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { requireMayShare } from './shares.ts';

/**
 * What a field or a segment decides for roles, also by way of segments and of rules of fields: which customers they see by their scopes, and
 * the members of segments that are shared with them.
 */
const decided = `
  with recursive reached as (
    select $1::text collate "C" as kind, $2::text collate "C" as key
    union
    select owner.kind collate "C", owner.key collate "C"
      from reached
      join reference r on r.kind = reached.kind and r.key = reached.key
      join (select 'segment' as kind, id::text as id, key from segment where deleted_at is null
            union all
            select 'field', key, key from field) owner on owner.kind = r.owner_kind and owner.id = r.owner_id)
  select r.owner_id as "roleId", null as "segmentId"
    from reached join reference r on r.kind = reached.kind and r.key = reached.key and r.owner_kind = 'role'
  union
  select share.role_id::text, share.segment_id::text
    from reached
    join segment s on reached.kind = 'segment' and s.key = reached.key and s.deleted_at is null
    join segment_share share on share.segment_id = s.id`;

/**
 * Whoever changes what a scope reads changes which customers its role sees, maybe to all of them: it takes the right to give that. Whoever changes
 * what a shared segment asks for changes what its members tell the roles that it is shared with: it takes the right to share it.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireMayShift(
  tx: Transactional<Context>,
  kind: 'segment' | 'field',
  key: string,
): Promise<void> {
  const rows = await tx.manager.query<{ roleId: string; segmentId: string | null }[]>(decided, [kind, key]);
  const known = await kept(tx, roles);
  for (const { roleId, segmentId } of rows) {
    const role = known.get(roleId);
    if (role && segmentId === null) await requireWithinOwnRightsOnAll(tx, role);
    else if (role && segmentId !== null) await requireMayShare(tx, segmentId, [role]);
  }
}
