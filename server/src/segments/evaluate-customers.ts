import { momentAt, SqlParameters } from '@kequn/rules';
import { computeStored } from '../fields/compute.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { changeMembership } from './change-membership.ts';
import { forgetDue, lowerDue } from './due.ts';
import { liveRules } from './live-rules.ts';
import type { ChangeCause } from './membership.ts';
import { heedRebuild } from './rebuild/heed-rebuild.ts';
import { placesOf, type Moves, type Place, type WrittenCustomer } from './places.ts';
import { verdictsOn, type Verdict } from './verdicts.ts';

/** Why and when customers are evaluated. */
export interface Evaluation {
  readonly cause: ChangeCause;
  readonly at: string;
  /** The last of the events that changed of a customer, by the customer. */
  readonly eventIds?: ReadonlyMap<string, string>;
}

/**
 * Puts written customers into their segments, in the writing transaction: only rules that read what changed are asked, since for the others
 * nothing they read has changed, and time changes none before the customer is due. A move is a change too, for rules that ask for
 * membership: they are asked after it. Gives the moves by customer, in the order of the customers.
 */
export async function evaluateCustomers(
  tx: Transactional<RequestContext>,
  customers: readonly WrittenCustomer[],
  evaluation: Evaluation,
): Promise<readonly Moves[]> {
  const places = await evaluatedPlaces(tx, customers, evaluation);
  await lowerDue(
    tx,
    places.map(({ customer: { id }, dueAt }) => ({ customerId: id, dueAt })),
  );
  return places.map(({ moves }) => moves);
}

/** The same without noting when time next moves the customers: where they are now, and when that is. */
export async function evaluatedPlaces(
  tx: Transactional<RequestContext>,
  customers: readonly WrittenCustomer[],
  evaluation: Evaluation,
): Promise<readonly Place[]> {
  const { levels, keys, begin } = await kept(tx, liveRules);
  const moment = momentAt(evaluation.at, tx.database.timeZone);
  await heedRebuild(
    tx,
    customers.map(({ id }) => id),
  );
  const places = await placesOf(tx, await withComputed(tx, customers, evaluation.at), keys);
  for (const rules of levels) {
    const questions = places.flatMap((place) =>
      rules.filter((rule) => place.concerns(rule)).map((rule) => ({ place, rule })),
    );
    const verdicts = await verdictsOn(tx, questions, { moment, begin });
    await move(tx, verdicts, evaluation);
  }
  return places;
}

/** Formulas come first, of those whose rows are not written: rules read what they compute. */
async function withComputed(
  tx: Transactional<RequestContext>,
  customers: readonly WrittenCustomer[],
  at: string,
): Promise<readonly WrittenCustomer[]> {
  return customers.some(({ row }) => row) ? customers : computeStored(tx, customers, at);
}

/** Takes customers that are to be erased out of all their segments. */
export async function dismissCustomers(
  tx: Transactional<RequestContext>,
  customerIds: readonly string[],
  at: string,
): Promise<void> {
  await heedRebuild(tx, customerIds);
  const statement = 'delete from membership where customer_id = any($1::uuid[]) returning customer_id, generation_id';
  await changeMembership(tx, { leaving: statement, parameters: [customerIds], cause: 'SAVE', at });
  await forgetDue(tx, customerIds);
}

async function move(
  tx: Transactional<RequestContext>,
  verdicts: readonly Verdict[],
  evaluation: Evaluation,
): Promise<void> {
  const changes = inOneOrder(verdicts.filter(({ place, rule, holds }) => holds !== place.isIn(rule)));
  const parameters = new SqlParameters();
  const [entering, leaving] = [changes.filter(({ holds }) => holds), changes.filter(({ holds }) => !holds)];
  await changeMembership(tx, {
    entering: entering.length > 0 ? enter(entering, parameters, evaluation) : undefined,
    leaving: leaving.length > 0 ? leave(leaving, parameters) : undefined,
    parameters: parameters.values,
    ...evaluation,
  });
  for (const { place, rule, holds } of changes) place.move(rule, holds);
}

/** Two writers that meet on the same rows then wait for each other instead of deadlocking. */
function inOneOrder(verdicts: readonly Verdict[]): readonly Verdict[] {
  const key = ({ place, rule }: Verdict) => place.customer.id + rule.generationId;
  return verdicts.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function enter(verdicts: readonly Verdict[], parameters: SqlParameters, { at }: Evaluation): string {
  return `
    insert into membership (customer_id, generation_id, since)
    select customer_id, generation_id, ${parameters.add(at)}::timestamptz from ${pairs(verdicts, parameters)}
    on conflict do nothing
    returning customer_id, generation_id`;
}

function leave(verdicts: readonly Verdict[], parameters: SqlParameters): string {
  return `
    delete from membership m using ${pairs(verdicts, parameters)}
     where m.customer_id = pair.customer_id and m.generation_id = pair.generation_id
    returning m.customer_id, m.generation_id`;
}

function pairs(verdicts: readonly Verdict[], parameters: SqlParameters): string {
  const customers = parameters.add(verdicts.map(({ place }) => place.customer.id));
  const generations = parameters.add(verdicts.map(({ rule }) => rule.generationId));
  return `unnest(${customers}::uuid[], ${generations}::uuid[]) as pair (customer_id, generation_id)`;
}
