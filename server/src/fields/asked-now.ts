import { momentAt, type Moment, type Node } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';

/** A rule with the moment at which it is asked. */
export interface RuleAt {
  readonly rule: Node;
  readonly moment: Moment;
}

/** This moment in the organisation's zone, and who asks. */
export async function momentNow(tx: Transactional<Context>): Promise<Moment> {
  const { id, attributes } = tx.viewer.user;
  return momentAt(await tx.clock.now(tx.manager), tx.database.timeZone, { id, attributes });
}

/** A rule that is asked now. */
export async function askedNow(tx: Transactional<Context>, rule: Node): Promise<RuleAt> {
  return { rule, moment: await momentNow(tx) };
}
