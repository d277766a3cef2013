import type { Transactional, RequestContext } from '../platform/context.ts';
import type { ChangeCause, ChangeKind } from './membership.ts';

/** A statement that inserts or deletes rows of `membership` and returns customer_id and generation_id of those that really changed. */
export interface MembershipMove {
  readonly kind: ChangeKind;
  readonly statement: string;
  readonly parameters: readonly unknown[];
  readonly cause: ChangeCause;
  /** The instant of the move, after the last lock. */
  readonly at: string;
}

/**
 * The only writer of membership. History and outbox are written in the same statement from the rows that really changed, never from
 * a plan. Gives the segments that were entered or left and by how many customers.
 */
export async function changeMembership(
  tx: Transactional<RequestContext>,
  { kind, statement, parameters, cause, at }: MembershipMove,
): Promise<ReadonlyMap<string, number>> {
  const next = parameters.length + 1;
  const rows = await tx.manager.query<{ segment_id: string; moved: number }[]>(
    `with moved as (${statement}),
          told as (
            insert into membership_change (customer_id, segment_id, kind, at, cause, rule_version)
            select moved.customer_id, s.id, $${next}, $${next + 1}::timestamptz, $${next + 2}, s.rule_version
              from moved join segment s on s.generation_id = moved.generation_id
            returning customer_id, segment_id),
          sent as (
            insert into outbox (customer_id, kind, payload, at)
            select customer_id, $${next + 3}, jsonb_build_object('segmentId', segment_id), $${next + 1}::timestamptz from told)
     select segment_id, count(*) as moved from told group by segment_id`,
    [...parameters, kind, at, cause, kind === 'ENTERED' ? 'segment.entered' : 'segment.left'],
  );
  return new Map(rows.map(({ segment_id: segmentId, moved }) => [segmentId, moved]));
}
