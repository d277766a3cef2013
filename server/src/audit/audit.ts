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
  tx: Pick<Transactional<RequestContext>, 'manager' | 'actorId' | 'address'>,
  ...records: readonly AuditRecord[]
): Promise<void> {
  await tx.manager.query(
    `insert into audit_entry (at, actor_id, address, action, target, changes)
     select clock_timestamp(), $1, $2, action, target, changes
       from jsonb_to_recordset($3::jsonb) as r (action text, target text, changes jsonb)`,
    [tx.actorId, tx.address, JSON.stringify(records)],
  );
}

/** Takes the values out of everything that was recorded of these targets: that something was done stays, what it held is gone. */
export async function blankAudit(tx: Transactional<RequestContext>, targets: readonly string[]): Promise<void> {
  await tx.manager.query('select blank_audit($1::text[])', [targets]);
}
