import { noRights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { read } from '../platform/transaction.ts';
import type { Membership, MembershipChange } from '../segments/membership.ts';
import { historyIsOpen, historyReaders, memberRestriction } from '../fields/restriction.ts';
import { rightsOnCustomers } from '../fields/scoped-customers.ts';

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
    const rights = await rightsOnCustomers(tx, customerIds);
    return Promise.all(
      customerIds.map(async (id) => {
        const isRestricted = await memberRestriction(tx, rights(id) ?? noRights);
        return rows.filter(({ customerId, segmentId }) => customerId === id && !isRestricted(segmentId));
      }),
    );
  });
}

/** A customer at an instant. */
export interface FormerCustomer {
  readonly id: string;
  readonly at: string;
}

/**
 * The segments that each of these customers was in at an instant, later deleted ones too, each with the instant of that enter; without
 * those that ever read what the viewer may not, as in the history that tells it.
 */
export async function formerMemberships(ctx: Context, asked: readonly FormerCustomer[]): Promise<Membership[][]> {
  return read(ctx, async (tx) => {
    const ids = asked.map(({ id }) => id);
    const readers = await readersOf(tx, ids);
    const rows = await tx.manager.query<(Membership & { place: number })[]>(
      `select asked.place::int as place, last.segment_id as "segmentId", last.at as since
         from unnest($1::uuid[], $2::timestamptz[], $3::text[]) with ordinality as asked (customer_id, at, readers, place)
        cross join lateral (
          select distinct on (h.segment_id) h.segment_id, h.kind, h.at from membership_change h
           where h.customer_id = asked.customer_id and h.at <= asked.at
           order by h.segment_id, h.at desc, h.id desc) last
        where last.kind = 'ENTERED' and ${historyIsOpen('last.segment_id', 'asked.readers')}
        order by last.at desc, last.segment_id`,
      [ids, asked.map(({ at }) => at), readers],
    );
    return asked.map((_, index) => rows.filter(({ place }) => place === index + 1));
  });
}

/** Whether the viewer may know who was in each of these segments. */
export async function formerMembersAreOpen(ctx: Context, segmentIds: readonly string[]): Promise<boolean[]> {
  return read(ctx, async (tx) => {
    const isRestricted = await memberRestriction(tx);
    const rows = await tx.manager.query<{ id: string }[]>(
      `select s.id from segment s where s.id = any($1::uuid[]) and ${historyIsOpen('s.id', '$2')}`,
      [segmentIds, JSON.stringify(await historyReaders(tx))],
    );
    const open = new Set(rows.map(({ id }) => id));
    return segmentIds.map((id) => open.has(id) && !isRestricted(id));
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
    const [readers] = await readersOf(tx, [customerId]);
    return tx.manager.query<MembershipChange[]>(
      `select segment_id as "segmentId", kind, at, cause, rule_version as "ruleVersion", due_at as "dueAt", event_id as "eventId"
         from membership_change
        where customer_id = $1 and ($2::timestamptz is null or at < $2::timestamptz)
          and ${historyIsOpen('membership_change.segment_id', '$3')}
        order by at desc, id desc limit $4`,
      [customerId, before ?? null, readers, limit],
    );
  });
}

/** For each of these customers, what keeps history from the roles that count on it, as `historyIsOpen` takes it. */
async function readersOf(tx: Transactional<Context>, ids: readonly string[]): Promise<string[]> {
  const rights = await rightsOnCustomers(tx, ids);
  const lists = ids.map((id) => historyReaders(tx, rights(id) ?? noRights));
  return (await Promise.all(lists)).map((each) => JSON.stringify(each));
}
