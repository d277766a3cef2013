import type { Context } from '../access/viewer.ts';
import { read } from '../platform/transaction.ts';
import type { Membership, MembershipChange } from '../segments/membership.ts';
import { restrictionOf, unreadableFields } from '../fields/restriction.ts';

/** The segments that each of these customers is in, without those restricted for the viewer. */
export async function membershipsByCustomer(ctx: Context, customerIds: readonly string[]): Promise<Membership[][]> {
  return read(ctx, async (tx) => {
    const rows = await tx.manager.query<(Membership & { customerId: string })[]>(
      `select m.customer_id as "customerId", s.id as "segmentId", m.since
         from membership m join segment s on s.generation_id = m.generation_id
        where m.customer_id = any($1::uuid[])
        order by m.since desc, s.id`,
      [customerIds],
    );
    const isRestricted = await restrictionOf(tx);
    const visible = rows.filter(({ segmentId }) => !isRestricted(segmentId));
    return customerIds.map((id) => visible.filter(({ customerId }) => customerId === id));
  });
}

/**
 * The enters and leaves of a customer, newest first, without those of segments that ever read what the viewer may not: a move tells
 * of the rule before it too.
 */
export async function membershipHistory(
  ctx: Context,
  customerId: string,
  { limit, before }: { limit: number; before?: string | null },
): Promise<MembershipChange[]> {
  return read(ctx, async (tx) => {
    const rows = await tx.manager.query<MembershipChange[]>(
      `select segment_id as "segmentId", kind, at, cause, rule_version as "ruleVersion", due_at as "dueAt", event_id as "eventId"
         from membership_change
        where customer_id = $1 and ($2::timestamptz is null or at < $2::timestamptz)
          and not exists (select 1 from segment_version v where v.segment_id = membership_change.segment_id and v.reads && $3::text[])
        order by at desc, id desc limit $4`,
      [customerId, before ?? null, await unreadableFields(tx), limit],
    );
    return rows;
  });
}
