import { momentAt, SqlParameters } from '@kequn/rules';
import { customerTarget } from '../../fields/customer-table.ts';
import type { RequestContext, Transactional } from '../../platform/context.ts';
import type { Rebuild } from './rebuild.ts';

/** Some of `customer c`, in SQL. */
export type Whom = (parameters: SqlParameters) => string;

/** What SQL is written for: membership in a part is that which is being built, and a field that is computed anew is what is to come. */
export async function targetOf(tx: Transactional<RequestContext>, { parts, formulaKeys }: Rebuild) {
  const moment = momentAt(await tx.clock.now(tx.manager), tx.database.timeZone);
  const parameters = new SqlParameters();
  const generations = new Map(parts.map(({ segmentKey, newGenerationId }) => [segmentKey, newGenerationId]));
  const coming = { generations, fields: new Set(formulaKeys) };
  return { moment, parameters, target: customerTarget(parameters, moment, coming) };
}
