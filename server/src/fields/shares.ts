import { rightsOf, roles, type KnownRole } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { seesAsMuch } from '../access/within-own-rights.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { segmentReads } from './segment-reads.ts';

/**
 * Nothing is shared that one does not read oneself, on as many customers at least as the role sees.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireMayShare(
  tx: Transactional<Context>,
  segmentId: string,
  given: readonly KnownRole[],
): Promise<void> {
  const rights = await rightsOf(tx);
  const reads = (await kept(tx, segmentReads)).readBy(segmentId);
  const reading = rights.held.filter((role) => rights.alone(role).mayAll(reads, 'filter'));
  if (given.some((role) => !reading.some((own) => seesAsMuch(own, role)))) throw refused('FORBIDDEN');
}

/** The shared segments whose members depend on a field or a segment, also by way of other segments and of formulas. */
const sharedReading = `
  with recursive reached as (
    select $1::text collate "C" as kind, $2::text collate "C" as key
    union
    select owner.kind collate "C", owner.key collate "C"
      from reached
      join reference r on r.kind = reached.kind and r.key = reached.key
      join (select 'segment' as kind, id::text as id, key from segment where deleted_at is null
            union all
            select 'field', key, key from field where computed) owner on owner.kind = r.owner_kind and owner.id = r.owner_id)
  select share.segment_id as "segmentId", share.role_id as "roleId"
    from reached
    join segment s on reached.kind = 'segment' and s.key = reached.key and s.deleted_at is null
    join segment_share share on share.segment_id = s.id`;

/**
 * Whoever changes what a shared segment asks for changes what its members tell the roles that it is shared with: it takes the right to share it.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireMayShiftShares(
  tx: Transactional<Context>,
  kind: 'segment' | 'field',
  key: string,
): Promise<void> {
  const rows = await tx.manager.query<{ segmentId: string; roleId: string }[]>(sharedReading, [kind, key]);
  const known = await kept(tx, roles);
  for (const { segmentId, roleId } of rows)
    await requireMayShare(
      tx,
      segmentId,
      [known.get(roleId)].flatMap((role) => role ?? []),
    );
}
