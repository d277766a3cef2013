import type { Transactional, RequestContext } from '../platform/context.ts';
import type { ChangeCause, ChangeKind } from './membership.ts';

const kinds = { entering: 'ENTERED', leaving: 'LEFT' } as const satisfies Record<string, ChangeKind>;

/** Statements that insert and delete rows of `membership` and return customer_id and generation_id of those that really changed. */
export interface MembershipMove {
  readonly entering?: string | undefined;
  readonly leaving?: string | undefined;
  /** Of both. */
  readonly parameters: readonly unknown[];
  readonly cause: ChangeCause;
  /** The instant of the move, after the last lock. */
  readonly at: string;
  /** The last of the events that moved a customer, by the customer. */
  readonly eventIds?: ReadonlyMap<string, string> | undefined;
}

/**
 * The only writer of membership. History and outbox are written in the same statement from the rows that really changed, never from
 * a plan. Those of one instant stand in the order of customers: the order in which Postgres meets them would tell of rows that a reader
 * of history does not see.
 */
export async function changeMembership(tx: Transactional<RequestContext>, move: MembershipMove): Promise<void> {
  const { parameters, cause, at, eventIds } = move;
  const added = [at, cause, [...(eventIds?.keys() ?? [])], [...(eventIds?.values() ?? [])]];
  const [when, why, customers, events] = added.map((_, index) => `$${parameters.length + 1 + index}`);
  const ways = (['entering', 'leaving'] as const).filter((way) => move[way]);
  if (ways.length === 0) return;
  const rows = ways.map((way) => `select customer_id, generation_id, '${kinds[way]}' as kind from ${way}`);
  await tx.manager.query(
    `with ${ways.map((way) => `${way} as (${move[way]})`).join(', ')},
          moved as (${rows.join(' union all ')}),
          told as (
            insert into membership_change (customer_id, segment_id, kind, at, cause, rule_version, due_at, event_id)
            select moved.customer_id, s.id, moved.kind, ${when!}::timestamptz, ${why!}, s.rule_version, due.due_at, event.id
              from moved join segment s on s.generation_id = moved.generation_id
              left join customer_due due on ${why!} = 'TIME' and due.customer_id = moved.customer_id
              left join unnest(${customers!}::uuid[], ${events!}::uuid[]) as event (customer_id, id) on event.customer_id = moved.customer_id
             order by moved.customer_id, s.id
            returning customer_id, segment_id, kind)
     insert into outbox (customer_id, kind, payload, at)
     select customer_id, 'segment.' || lower(kind), jsonb_build_object('segmentId', segment_id), ${when!}::timestamptz from told`,
    [...parameters, ...added],
  );
}
