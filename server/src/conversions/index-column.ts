import { indexFieldAnew } from '../fields/customer-search.ts';
import { columnOf, type ValueOf } from '../fields/customer-table.ts';
import type { Field } from '../fields/field.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import type { Stretch } from '../segments/rebuild/type-changes.ts';

/** Makes what customers, in the order of ids, have in a field what they are found by in it, under their locks: no save comes between. */
export async function indexColumn(
  { manager }: Transactional<RequestContext>,
  field: Field,
  { after, to }: Stretch,
): Promise<void> {
  const values = await manager.query<ValueOf[]>(
    `select c.id as "customerId", ${columnOf(field.key)} as value from customer c
      where ($1::uuid is null or c.id > $1) and c.id <= $2 order by c.id for no key update`,
    [after, to],
  );
  await indexFieldAnew(manager, field, values);
}
