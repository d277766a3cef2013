import { formulaToSql, momentAt, SqlParameters } from '@kequn/rules';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { columnOf, customerTarget, settingsOf } from './customer-table.ts';
import type { Formula } from './formulas.ts';

/**
 * Computes a formula anew for everybody, in a transaction that holds G exclusive: one statement, which writes what differs.
 */
export async function computeEverybody(
  tx: Transactional<RequestContext>,
  { field, node }: Formula,
  at: string,
): Promise<void> {
  const parameters = new SqlParameters();
  const expression = formulaToSql(node, customerTarget(parameters, momentAt(at, tx.database.timeZone)));
  const column = columnOf(field.key);
  await tx.manager.query(
    `update customer c set ${settingsOf([column], ['n.value'])} from (select c.id, ${expression} as value from customer c) n
      where n.id = c.id and ${column} is distinct from n.value`,
    parameters.values,
  );
}
