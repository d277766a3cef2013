import { Rights, readingFields } from '../access/gate.ts';
import { roleToChange } from '../access/save-role.ts';
import type { Context } from '../access/viewer.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import type { Customer } from './customer.ts';
import { getCustomer } from './list-customers.ts';

/**
 * What one role alone may read of a customer that the viewer was shown, by field key, as far as the viewer may read it too; null where the role
 * does not see the customer. Needs MANAGE_ROLES, and as for a session that reads as a role does, a role that allows no more than the viewer may.
 *
 * @throws {Refused} FORBIDDEN; NOT_FOUND for no role.
 */
export async function valuesForRole(
  ctx: Context,
  customer: Customer,
  roleId: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const { role, rights } = await read(ctx, async (tx) => {
    const known = await roleToChange(tx, roleId);
    return { role: known.role, rights: new Rights([known], await kept(tx, readingFields)) };
  });
  const seen = await getCustomer({ ...ctx, viewer: { ...ctx.viewer, roleIds: [role.id] } }, customer.id);
  if (!seen) return null;
  const known = Object.entries(customer.values).filter(([key]) => key in seen.values);
  return Object.fromEntries(
    known.map(([key, value]) => [key, rights.accessTo(key) === 'MASKED' ? seen.values[key] : value]),
  );
}
