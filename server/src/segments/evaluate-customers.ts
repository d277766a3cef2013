import { momentAt, type Moment, type Row } from '@kequn/rules';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { changeMembership, type MembershipMove, type Moved } from './change-membership.ts';
import { liveRules, type LiveRule } from './live-rules.ts';
import type { ChangeCause } from './membership.ts';

/** A customer as it has just been written, in the transaction that holds its lock. */
export interface WrittenCustomer {
  readonly id: string;
  readonly row: Row;
  /** The keys of the fields whose values changed; undefined for a new customer. */
  readonly changed?: ReadonlySet<string> | undefined;
}

/** The ids of the segments that a customer was moved into and out of. */
export interface Moves {
  readonly entered: readonly string[];
  readonly left: readonly string[];
}

/**
 * Puts written customers into their segments, in the writing transaction: only rules that read a changed field or the clock are asked,
 * since for the others nothing they read has changed. Gives the moves by customer, in the order of the customers.
 */
export async function evaluateCustomers(
  tx: Transactional<RequestContext>,
  customers: readonly WrittenCustomer[],
  at: string,
): Promise<readonly Moves[]> {
  const { rules } = await kept(tx, liveRules);
  const moment = momentAt(at, tx.database.timeZone);
  const verdicts = customers.flatMap((customer) => verdictsOn(customer, rules, moment));
  const isMember = await presentMembers(tx, customers);
  const entered = await enter(tx, inOneOrder(verdicts.filter((verdict) => verdict.holds && !isMember(verdict))), at);
  const left = await leave(tx, inOneOrder(verdicts.filter((verdict) => !verdict.holds && isMember(verdict))), at);
  return customers.map(({ id }) => ({ entered: segmentsOf(entered, id), left: segmentsOf(left, id) }));
}

/** Takes customers that are to be erased out of all their segments. */
export async function dismissCustomers(
  tx: Transactional<RequestContext>,
  customerIds: readonly string[],
  at: string,
): Promise<void> {
  const statement = 'delete from membership where customer_id = any($1::uuid[]) returning customer_id, generation_id';
  await changeMembership(tx, { kind: 'LEFT', statement, parameters: [customerIds], cause: 'SAVE', at });
}

interface Place {
  readonly customerId: string;
  readonly generationId: string;
}

interface Verdict extends Place {
  readonly holds: boolean;
}

/**
 * Where written customers are already: few verdicts change anything, so only those are written. The customers are locked and no
 * rule can change meanwhile, hence nobody else moves them.
 */
async function presentMembers(
  tx: Transactional<RequestContext>,
  customers: readonly WrittenCustomer[],
): Promise<(place: Place) => boolean> {
  const ids = customers.filter(({ changed }) => changed).map(({ id }) => id);
  if (ids.length === 0) return () => false;
  const rows = await tx.manager.query<Place[]>(
    'select customer_id as "customerId", generation_id as "generationId" from membership where customer_id = any($1::uuid[])',
    [ids],
  );
  const places = new Set(rows.map(keyOf));
  return (place) => places.has(keyOf(place));
}

function keyOf({ customerId, generationId }: Place): string {
  return customerId + generationId;
}

function verdictsOn(
  { id, row, changed }: WrittenCustomer,
  rules: readonly LiveRule[],
  moment: Moment,
): readonly Verdict[] {
  const isAffected = ({ reads, readsClock }: LiveRule) => readsClock || [...changed!].some((key) => reads.has(key));
  const affected = changed ? rules.filter(isAffected) : rules;
  return affected.map(({ generationId, holds }) => ({
    customerId: id,
    generationId,
    holds: holds(row, moment),
  }));
}

/** Two writers that meet on the same rows then wait for each other instead of deadlocking. */
function inOneOrder(verdicts: readonly Verdict[]): readonly Verdict[] {
  return verdicts.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const cause: ChangeCause = 'SAVE';

async function enter(tx: Transactional<RequestContext>, verdicts: readonly Verdict[], at: string) {
  const statement = `
    insert into membership (customer_id, generation_id, since)
    select unnest($1::uuid[]), unnest($2::uuid[]), $3::timestamptz
    on conflict do nothing
    returning customer_id, generation_id`;
  return move(tx, verdicts, { kind: 'ENTERED', statement, parameters: [...pairs(verdicts), at], cause, at });
}

async function leave(tx: Transactional<RequestContext>, verdicts: readonly Verdict[], at: string) {
  const statement = `
    delete from membership m using (select unnest($1::uuid[]) as customer_id, unnest($2::uuid[]) as generation_id) gone
     where m.customer_id = gone.customer_id and m.generation_id = gone.generation_id
    returning m.customer_id, m.generation_id`;
  return move(tx, verdicts, { kind: 'LEFT', statement, parameters: pairs(verdicts), cause, at });
}

function pairs(verdicts: readonly Verdict[]): readonly [readonly string[], readonly string[]] {
  return [verdicts.map(({ customerId }) => customerId), verdicts.map(({ generationId }) => generationId)];
}

async function move(
  tx: Transactional<RequestContext>,
  verdicts: readonly Verdict[],
  change: MembershipMove,
): Promise<readonly Moved[]> {
  return verdicts.length === 0 ? [] : changeMembership(tx, change);
}

function segmentsOf(moved: readonly Moved[], id: string): readonly string[] {
  return moved.filter(({ customerId }) => customerId === id).map(({ segmentId }) => segmentId);
}
