import { checkRule, fieldsOf, type Catalogue } from '@kequn/rules';
import { rightsOf, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { askedByViewer, visibleCatalogue } from '../fields/check-rule.ts';
import { read } from '../platform/transaction.ts';
import { CustomerView } from './customer-view.ts';

/**
 * The viewer's own lists and those that others share, by name. One that is narrowed by what the viewer may not read is not shown: its
 * rule would tell of it. Columns and orders by such fields are left out.
 */
export async function listCustomerViews(ctx: Context): Promise<readonly CustomerView[]> {
  return read(ctx, async (tx) => {
    const rights = await rightsOf(tx);
    const catalogue = await visibleCatalogue(tx, rights);
    const views = await tx.manager.find(CustomerView, {
      where: [{ ownerId: tx.viewer.user.id }, { shared: true }],
      order: { name: 'ASC', id: 'ASC' },
    });
    return views
      .filter((view) => view.ownerId === tx.viewer.user.id || mayKnow(view, catalogue, rights))
      .map((view) => withoutUnreadable(view, catalogue, rights));
  });
}

function mayKnow({ filter }: CustomerView, catalogue: Catalogue, rights: Rights): boolean {
  if (filter === null) return true;
  const rule = checkRule(filter, askedByViewer(catalogue));
  return rule.ok && [...fieldsOf(rule.value)].every((key) => rights.may(key, 'filter'));
}

function withoutUnreadable(view: CustomerView, { fields }: Catalogue, rights: Rights): CustomerView {
  const sort = view.sort.filter(({ field }) => fields.has(field) && rights.may(field, 'sort'));
  const columns = view.columns.filter(({ key }) => fields.has(key));
  return Object.assign(new CustomerView(), view, { sort, columns });
}
