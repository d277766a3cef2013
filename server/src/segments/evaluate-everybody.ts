import { momentAt, readsClock, ruleToSql, scheduleToSql, SqlParameters, type Moment, type Node } from '@kequn/rules';
import { customerTarget } from '../fields/customer-table.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { changeMembership } from './change-membership.ts';
import { lowerDueTo } from './due.ts';

/**
 * Makes the members of a generation exactly the customers for whom the rule holds: two statements over everybody, in a transaction
 * that holds G exclusive, so that no writer is in flight. Those who stay keep their `since`. A third one notes when time alone changes
 * what the rule says.
 */
export async function evaluateEverybody(
  tx: Transactional<RequestContext>,
  generationId: string,
  rule: Node,
  at: string,
): Promise<void> {
  const moment = momentAt(at, tx.database.timeZone);
  await changeMembership(tx, { ...leaving(generationId, rule, moment), cause: 'RULE', at });
  await changeMembership(tx, { ...entering(generationId, rule, moment), cause: 'RULE', at });
  if (readsClock(rule)) await expectChanges(tx, rule, moment);
}

/** Everybody leaves: what pausing and deleting a segment does. */
export async function dismissEverybody(
  tx: Transactional<RequestContext>,
  generationId: string,
  at: string,
): Promise<void> {
  const statement = `delete from membership where generation_id = $1::uuid returning customer_id, generation_id`;
  await changeMembership(tx, { leaving: statement, parameters: [generationId], cause: 'RULE', at });
}

/** Notes of everybody when time alone changes what a rule says, or a formula computes. */
export async function expectChanges(tx: Transactional<RequestContext>, rule: Node, moment: Moment): Promise<void> {
  const parameters = new SqlParameters();
  const dueAt = scheduleToSql(rule, customerTarget(parameters, moment));
  await lowerDueTo(tx, `select c.id, ${dueAt} from customer c`, parameters.values);
}

function leaving(generationId: string, rule: Node, moment: Moment) {
  const parameters = new SqlParameters();
  const generation = parameters.add(generationId);
  const statement = `
    delete from membership m
     where m.generation_id = ${generation}::uuid
       and not exists (select 1 from customer c where c.id = m.customer_id and ${ruleToSql(rule, customerTarget(parameters, moment))})
    returning m.customer_id, m.generation_id`;
  return { leaving: statement, parameters: parameters.values };
}

function entering(generationId: string, rule: Node, moment: Moment) {
  const parameters = new SqlParameters();
  const [generation, since] = [parameters.add(generationId), parameters.add(moment.now)];
  const statement = `
    insert into membership (customer_id, generation_id, since)
    select c.id, ${generation}::uuid, ${since}::timestamptz from customer c where ${ruleToSql(rule, customerTarget(parameters, moment))}
    on conflict do nothing
    returning customer_id, generation_id`;
  return { entering: statement, parameters: parameters.values };
}
