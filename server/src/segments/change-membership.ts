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
}

/**
 * The only writer of membership. History and outbox are written in the same statement from the rows that really changed, never from
 * a plan.
 */
export async function changeMembership(tx: Transactional<RequestContext>, move: MembershipMove): Promise<void> {
  const { parameters, cause, at } = move;
  const [when, why] = [`$${parameters.length + 1}::timestamptz`, `$${parameters.length + 2}`];
  const ways = (['entering', 'leaving'] as const).filter((way) => move[way]);
  if (ways.length === 0) return;
  const rows = ways.map((way) => `select customer_id, generation_id, '${kinds[way]}' as kind from ${way}`);
  await tx.manager.query(
    `with ${ways.map((way) => `${way} as (${move[way]})`).join(', ')},
          moved as (${rows.join(' union all ')}),
          told as (
            insert into membership_change (customer_id, segment_id, kind, at, cause, rule_version)
            select moved.customer_id, s.id, moved.kind, ${when}, ${why}, s.rule_version
              from moved join segment s on s.generation_id = moved.generation_id
            returning customer_id, segment_id, kind)
     insert into outbox (customer_id, kind, payload, at)
     select customer_id, 'segment.' || lower(kind), jsonb_build_object('segmentId', segment_id), ${when} from told`,
    [...parameters, at, cause],
  );
}
