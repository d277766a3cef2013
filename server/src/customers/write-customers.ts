import { recordAudit, type AuditRecord } from '../audit/audit.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { indexForSearch } from '../fields/customer-search.ts';
import { insertCustomers, updateCustomers, type CustomerRow } from '../fields/customer-table.ts';
import { followFiles } from '../files/keep-files.ts';
import { writeOutbox } from '../outbox/outbox.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { evaluateCustomers } from '../segments/evaluate-customers.ts';
import type { Moves } from '../segments/places.ts';
import { readingsOf, rowAfter, type CustomerChange } from './customer-change.ts';

/**
 * Writes checked changes of customers whose rows the caller has locked: values, files, search, membership, history, audit and outbox, each one
 * statement for all of them. Gives the moves in the order of the changes.
 */
export async function writeCustomers(
  tx: Transactional<RequestContext>,
  changes: readonly CustomerChange[],
  at: string,
): Promise<readonly Moves[]> {
  if (changes.length === 0) return [];
  await writeRows(tx, changes);
  const { fields } = await kept(tx, fieldCatalogue);
  const followed = changes.map(({ before, after, changed }) => ({
    customerId: after.id,
    before: before?.values,
    after: after.values,
    changed,
  }));
  await followFiles(tx.manager, { fields, changes: followed, at });
  const searched = changes.map(({ after, changed }) => ({
    customerId: after.id,
    values: new Map(changed.map((key) => [key, after.values[key] ?? null])),
  }));
  await indexForSearch(tx.manager, fields, searched);
  const written = changes.map((change) => ({
    id: change.after.id,
    row: rowAfter(change),
    changed: readingsOf(change),
    dueAt: change.dueAt,
  }));
  const moves = await evaluateCustomers(tx, written, { cause: 'SAVE', at });
  await recordAudit(tx, ...changes.map(auditOf));
  const kind = 'customer.saved' as const;
  const event = ({ after, changed }: CustomerChange) => ({
    customerId: after.id,
    kind,
    payload: { version: after.version, changed },
    at,
  });
  await writeOutbox(tx, changes.map(event));
  return moves;
}

async function writeRows(tx: Transactional<RequestContext>, changes: readonly CustomerChange[]): Promise<void> {
  const { fields } = await kept(tx, fieldCatalogue);
  const made = changes.filter(({ before }) => !before).map(({ after }) => after);
  const updated = changes.filter(({ before }) => before);
  // What changed for one of them is written for all: the others' rows are locked, so it is what they hold.
  const keys = new Set(updated.flatMap(({ changed }) => changed));
  const columns = fields.filter(({ key }) => keys.has(key));
  if (made.length > 0) await insertCustomers(tx.manager, fields, made);
  if (updated.length > 0)
    await updateCustomers(
      tx.manager,
      columns,
      updated.map(({ after }) => after),
    );
}

function auditOf({ before, after, changed }: CustomerChange): AuditRecord {
  const valueOf = (customer: CustomerRow | undefined, key: string) =>
    (key === 'owner' ? customer?.owner : customer?.values[key]) ?? null;
  return {
    action: before ? 'customer.updated' : 'customer.created',
    target: `customer:${after.id}`,
    changes: Object.fromEntries(changed.map((key) => [key, { from: valueOf(before, key), to: valueOf(after, key) }])),
  };
}
