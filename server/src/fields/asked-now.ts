import { momentAt, type Moment, type Node } from '@kequn/rules';
import type { RequestContext, Transactional } from '../platform/context.ts';

/** A rule with the moment at which it is asked. */
export interface RuleAt {
  readonly rule: Node;
  readonly moment: Moment;
}

/** This moment in the organisation's zone. */
export async function momentNow(tx: Transactional<RequestContext>): Promise<Moment> {
  return momentAt(await tx.clock.now(tx.manager), tx.database.timeZone);
}

/** A rule that is asked now. */
export async function askedNow(tx: Transactional<RequestContext>, rule: Node): Promise<RuleAt> {
  return { rule, moment: await momentNow(tx) };
}
