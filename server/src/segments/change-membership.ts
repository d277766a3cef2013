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

/** That a customer came into a segment or went out of it. */
export interface Moved {
  readonly customerId: string;
  readonly segmentId: string;
}

/**
 * The only writer of membership. History and outbox are written in the same statement from the rows that really changed, never from
 * a plan. Gives those rows: for the few customers of a writer.
 */
export async function changeMembership(
  tx: Transactional<RequestContext>,
  move: MembershipMove,
): Promise<readonly Moved[]> {
  return run<Moved>(tx, move, 'customer_id as "customerId", segment_id as "segmentId"');
}

/** The same for everybody at once; gives how many moved. */
export async function changeMembershipOfMany(tx: Transactional<RequestContext>, move: MembershipMove): Promise<number> {
  const [row] = await run<{ moved: number }>(tx, move, 'count(*) as moved');
  return row?.moved ?? 0;
}

function run<Row>(
  tx: Transactional<RequestContext>,
  { kind, statement, parameters, cause, at }: MembershipMove,
  answer: string,
): Promise<Row[]> {
  const next = parameters.length + 1;
  return tx.manager.query<Row[]>(
    `with moved as (${statement}),
          told as (
            insert into membership_change (customer_id, segment_id, kind, at, cause, rule_version)
            select moved.customer_id, s.id, $${next}, $${next + 1}::timestamptz, $${next + 2}, s.rule_version
              from moved join segment s on s.generation_id = moved.generation_id
            returning customer_id, segment_id),
          sent as (
            insert into outbox (customer_id, kind, payload, at)
            select customer_id, $${next + 3}, jsonb_build_object('segmentId', segment_id), $${next + 1}::timestamptz from told)
     select ${answer} from told`,
    [...parameters, kind, at, cause, kind === 'ENTERED' ? 'segment.entered' : 'segment.left'],
  );
}
