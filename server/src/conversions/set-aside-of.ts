import type { Value } from '@kequn/rules';
import { noteReads } from '../access-log/note-reads.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { seenCustomers } from '../fields/scoped-customers.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { readNotes } from './read-notes.ts';

/** What a customer had in a field that became of another type. */
export interface SetAsideOf {
  /** The key of the field. */
  readonly field: string;
  readonly at: string;
  readonly value: Value;
}

/** What changes of type have set aside of a customer, in fields that the viewer may export of that one; it is noted who reads it. */
export async function setAsideOf(ctx: Context, customerId: string): Promise<readonly SetAsideOf[]> {
  const { told, notes } = await read(ctx, async (tx) => {
    const rights = (await seenCustomers(tx, [customerId])).get(customerId);
    const { byKey } = await kept(tx, fieldCatalogue);
    const all = await tx.manager.query<SetAsideOf[]>(
      `select c.field_key as field, c.at, v.value
         from field_conversion_value v join field_conversion c on c.id = v.conversion_id
        where v.customer_id = $1 order by c.id`,
      [customerId],
    );
    const open = all.filter(({ field }) => rights?.may(field, 'export'));
    return { told: open, notes: open.flatMap(({ field }) => readNotes('export', byKey.get(field)!, [{ customerId }])) };
  });
  await noteReads(ctx, notes);
  return told;
}
