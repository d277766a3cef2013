import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { read } from '../platform/transaction.ts';
import type { Membership, MembershipChange } from '../segments/membership.ts';
import { restrictionOf } from '../segments/restriction.ts';

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

/** The enters and leaves of a customer, newest first, without those of segments restricted for the viewer. */
export async function membershipHistory(
  ctx: Context,
  customerId: string,
  { limit, before }: { limit: number; before?: string | null },
): Promise<MembershipChange[]> {
  return read(ctx, async (tx) => {
    const rows = await tx.manager.query<MembershipChange[]>(
      `select segment_id as "segmentId", kind, at, cause, rule_version as "ruleVersion"
         from membership_change
        where customer_id = $1 and ($2::timestamptz is null or at < $2::timestamptz) and segment_id <> all($3::uuid[])
        order by at desc, id desc limit $4`,
      [customerId, before ?? null, await restrictedIds(tx, customerId), limit],
    );
    return rows;
  });
}

async function restrictedIds(tx: Transactional<Context>, customerId: string): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `select distinct segment_id as id from membership_change where customer_id = $1`,
    [customerId],
  );
  const isRestricted = await restrictionOf(tx);
  return rows.map(({ id }) => id).filter(isRestricted);
}
