import type { RequestContext, Transactional } from '../platform/context.ts';

/** One thing that was done. */
export interface AuditRecord {
  /** Such as `field.created`. */
  readonly action: string;
  /** kind:id, such as `customer:018f…`. */
  readonly target: string;
  readonly changes: Readonly<Record<string, unknown>>;
}

/** Writes who did what from where, in the transaction that does it. Entries are only ever added. */
export async function recordAudit(
  tx: Transactional<RequestContext>,
  { action, target, changes }: AuditRecord,
): Promise<void> {
  await tx.manager.query(
    `insert into audit_entry (at, actor_id, address, action, target, changes) values (clock_timestamp(), $1, $2, $3, $4, $5::jsonb)`,
    [tx.actorId, tx.address, action, target, JSON.stringify(changes)],
  );
}
