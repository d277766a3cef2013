import { rightsOf } from '../access/gate.ts';
import { maskedValue } from '../access/mask.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { Customer } from './customer.ts';

/** Makes what a viewer may see of a customer: archived and hidden fields absent, masked ones masked. */
export async function customerView(tx: Transactional<Context>): Promise<(row: CustomerRow) => Customer> {
  const rights = await rightsOf(tx);
  const { fields } = await kept(tx, fieldCatalogue);
  const shown = fields
    .filter(({ archived }) => !archived)
    .map(({ key }) => ({ key, access: rights.accessTo(key) }))
    .filter(({ access }) => access !== 'HIDDEN');
  return ({ id, version, createdAt, updatedAt, owner, values }) => {
    const entries = shown.map(({ key, access }) => [key, access === 'MASKED' ? maskedValue(values[key]) : values[key]]);
    return Object.assign(new Customer(), {
      id,
      version,
      createdAt,
      updatedAt,
      ownerId: owner,
      values: Object.fromEntries(entries),
    });
  };
}
