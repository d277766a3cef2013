import { SqlParameters, ruleToSql, type Node } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { fieldCatalogue } from './catalogue.ts';
import { customerColumns, customerTarget, toCustomerRow, type CustomerRow } from './customer-table.ts';
import { kept } from '../platform/rule-set.ts';

/** Which customers are asked for, and in what order. */
export interface CustomerQuery {
  readonly filter?: Node | undefined;
  /** Members of this generation alone. */
  readonly generationId?: string | undefined;
  readonly ids?: readonly string[] | undefined;
}

/** A statement on the customers that a viewer may see, under construction. */
export interface ScopedCustomers {
  readonly parameters: SqlParameters;
  /** `customer c where …`, to be put behind FROM. */
  readonly from: string;
}

/**
 * The only door for reads of customers: every list, count, preview and member page starts from it, so that what limits which
 * customers a viewer sees has one place.
 */
export function scopedCustomers(query: CustomerQuery): ScopedCustomers {
  const parameters = new SqlParameters();
  const conditions = ['true'];
  if (query.filter) conditions.push(ruleToSql(query.filter, customerTarget(parameters)));
  if (query.ids) conditions.push(`c.id = any(${parameters.add(query.ids)}::uuid[])`);
  if (query.generationId) {
    const generation = parameters.add(query.generationId);
    conditions.push(
      `exists (select 1 from membership m where m.generation_id = ${generation} and m.customer_id = c.id)`,
    );
  }
  return { parameters, from: `customer c where ${conditions.join(' and ')}` };
}

/** Counts customers that the viewer may see. */
export async function countCustomers(tx: Transactional<Context>, query: CustomerQuery): Promise<number> {
  const { from, parameters } = scopedCustomers(query);
  const [row] = await tx.manager.query<{ count: number }[]>(`select count(*) as count from ${from}`, parameters.values);
  return row?.count ?? 0;
}

/** Reads customers that the viewer may see, newest first unless told otherwise. */
export async function selectCustomers(
  tx: Transactional<Context>,
  query: CustomerQuery,
  limit: number,
): Promise<readonly CustomerRow[]> {
  const { fields } = await kept(tx, fieldCatalogue);
  const { from, parameters } = scopedCustomers(query);
  const sql = `select ${customerColumns(fields)} from ${from} order by c.id desc limit ${parameters.add(limit)}`;
  const rows = await tx.manager.query<Record<string, unknown>[]>(sql, parameters.values);
  return rows.map((row) => toCustomerRow(row, fields));
}
