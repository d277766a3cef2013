import type { FieldDefinition, Value } from '@kequn/rules';
import type { ReadChannel } from '../access-log/note-reads.ts';
import { sensitiveValues } from '../access-log/sensitive-values.ts';
import type { Rights } from '../access/gate.ts';
import { maskedValue } from '../access/mask.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import type { Field } from '../fields/field.ts';
import { rightsOnRow } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { Customer } from './customer.ts';

/** A stored value as it is answered: several options in the order of the field's. */
export function shownValue({ options }: FieldDefinition, value: Value): Value {
  if (!Array.isArray(value)) return value;
  return options.map(({ key }) => key).filter((key) => value.includes(key));
}

/**
 * Makes what a viewer may see of a customer: archived and hidden fields absent, masked ones masked; and what is to be noted before the
 * values are told by a channel.
 */
export async function customerView(
  tx: Transactional<Context>,
  channel: ReadChannel = 'customer',
): Promise<(row: CustomerRow) => Customer> {
  const rightsOn = await rightsOnRow(tx);
  const { fields } = await kept(tx, fieldCatalogue);
  const live = fields.filter(({ archived }) => !archived);
  const sensitiveIn = await sensitiveValues(tx);
  const shownBy = new Map<Rights, ReturnType<typeof shownFields>>();
  return (row) => {
    const { id, version, createdAt, updatedAt, owner, values } = row;
    const rights = rightsOn(row);
    const shown = shownBy.get(rights) ?? shownFields(live, rights);
    shownBy.set(rights, shown);
    const entries = shown.map(({ field, access }) => {
      const value = values[field.key] ?? null;
      return [field.key, access === 'MASKED' ? maskedValue(field.type, value) : shownValue(field, value)];
    });
    const told = Object.fromEntries(entries);
    return Object.assign(new Customer(), {
      id,
      version,
      createdAt,
      updatedAt,
      ownerId: owner,
      values: told,
      read: { channel, customerId: id, fieldKeys: sensitiveIn(told, rights) },
    });
  };
}

function shownFields(fields: readonly Field[], rights: Rights) {
  return fields
    .map((field) => ({ field, access: rights.accessTo(field.key) }))
    .filter(({ access }) => access !== 'HIDDEN');
}
