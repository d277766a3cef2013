import { In } from 'typeorm';
import { recordAudit } from '../audit/audit.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { change } from '../platform/transaction.ts';
import { Role } from './role.ts';
import { roleToChange, type KeepScope } from './save-role.ts';
import { User, UserRole } from './user.ts';
import type { Context } from './viewer.ts';

/**
 * Takes a role away that no user has. Needs MANAGE_ROLES.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND, IN_USE with the users who have it.
 */
export async function deleteRole(ctx: Context, id: string, keepScope: KeepScope): Promise<boolean> {
  return change(ctx, async (tx) => {
    const { role } = await roleToChange(tx, id);
    const usedBy = await usersOf(tx, role.id);
    if (usedBy.length > 0) throw refused('IN_USE', { usedBy });
    await keepScope(tx, Object.assign(new Role(), role, { rowScope: null }));
    await tx.manager.delete(Role, { id: role.id });
    await recordAudit(tx, { action: 'role.deleted', target: `role:${role.id}`, changes: { name: role.name } });
    return true;
  });
}

async function usersOf({ manager }: Transactional<Context>, roleId: string) {
  const held = await manager.findBy(UserRole, { roleId });
  const users = await manager.find(User, {
    where: { id: In(held.map(({ userId }) => userId)) },
    order: { name: 'ASC', id: 'ASC' },
  });
  return users.map(({ id, name }) => ({ kind: 'user', id, name }));
}
