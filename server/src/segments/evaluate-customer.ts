import type { Row } from '@kequn/rules';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { changeMembership } from './change-membership.ts';
import { liveRules } from './live-rules.ts';

/** A customer as it has just been written, in the transaction that holds its lock. */
export interface WrittenCustomer {
  readonly id: string;
  readonly row: Row;
  /** The keys of the fields whose values changed; undefined for a new customer. */
  readonly changed?: ReadonlySet<string>;
  readonly at: string;
}

/** The ids of the segments that a save moved a customer into and out of. */
export interface Moves {
  readonly entered: readonly string[];
  readonly left: readonly string[];
}

/**
 * Puts a saved customer into its segments, in the saving transaction: only rules that read a changed field are asked, since for the
 * others nothing they read has changed.
 */
export async function evaluateCustomer(tx: Transactional<RequestContext>, customer: WrittenCustomer): Promise<Moves> {
  const { rules } = await kept(tx, liveRules);
  const { changed } = customer;
  const affected = changed ? rules.filter(({ reads }) => [...changed].some((key) => reads.has(key))) : rules;
  const holding = affected.filter(({ holds }) => holds(customer.row));
  const failing = affected.filter((rule) => !holding.includes(rule));
  const generations = (of: typeof affected) => of.map(({ generationId }) => generationId);
  return {
    entered: holding.length === 0 ? [] : await enter(tx, customer, generations(holding)),
    left: failing.length === 0 || !changed ? [] : await leave(tx, customer, generations(failing)),
  };
}

async function enter(
  tx: Transactional<RequestContext>,
  { id, at }: WrittenCustomer,
  generations: readonly string[],
): Promise<string[]> {
  const statement = `
    insert into membership (customer_id, generation_id, since)
    select $1::uuid, unnest($2::uuid[]), $3::timestamptz
    on conflict do nothing
    returning customer_id, generation_id`;
  const moved = await changeMembership(tx, {
    kind: 'ENTERED',
    statement,
    parameters: [id, generations, at],
    cause: 'SAVE',
    at,
  });
  return [...moved.keys()];
}

async function leave(
  tx: Transactional<RequestContext>,
  { id, at }: WrittenCustomer,
  generations: readonly string[],
): Promise<string[]> {
  const statement = `
    delete from membership where customer_id = $1::uuid and generation_id = any($2::uuid[])
    returning customer_id, generation_id`;
  const moved = await changeMembership(tx, {
    kind: 'LEFT',
    statement,
    parameters: [id, generations],
    cause: 'SAVE',
    at,
  });
  return [...moved.keys()];
}
