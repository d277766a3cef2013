import { In } from 'typeorm';
import { read } from '../platform/transaction.ts';
import { kept } from '../platform/rule-set.ts';
import { rightsOf, roles, type Rights } from './gate.ts';
import type { Role } from './role.ts';
import { User, UserRole } from './user.ts';
import type { Context } from './viewer.ts';

/** The users whom the viewer may choose from: the active ones; all of them with MANAGE_USERS. */
export async function listUsers(ctx: Context): Promise<User[]> {
  return read(ctx, async (tx) => {
    const all = (await rightsOf(tx)).has('MANAGE_USERS');
    return tx.manager.find(User, { where: all ? {} : { active: true }, order: { name: 'ASC', id: 'ASC' } });
  });
}

/** Users by id in the order of the ids; null for one that is gone. */
export async function usersById(ctx: Context, ids: readonly string[]): Promise<(User | null)[]> {
  return read(ctx, async (tx) => {
    const users = await tx.manager.findBy(User, { id: In(ids) });
    return ids.map((id) => users.find((user) => user.id === id) ?? null);
  });
}

/** The roles of each of these users; none of another's without MANAGE_USERS. */
export async function rolesByUser(ctx: Context, userIds: readonly string[]): Promise<Role[][]> {
  return read(ctx, async (tx) => {
    const all = (await rightsOf(tx)).has('MANAGE_USERS');
    const visible = userIds.filter((id) => all || id === ctx.viewer.user.id);
    const held = await tx.manager.findBy(UserRole, { userId: In(visible) });
    const known = await kept(tx, roles);
    const ofUser = (id: string) => held.filter(({ userId }) => userId === id).map(({ roleId }) => roleId);
    // Who looks on as a role has that one, and no other.
    const { user, roleIds, viewsAs } = ctx.viewer;
    return userIds.map((id) =>
      (viewsAs && id === user.id ? roleIds : ofUser(id)).flatMap((roleId) => known.get(roleId)?.role ?? []),
    );
  });
}

/** What the viewer may do. */
export async function ownRights(ctx: Context): Promise<Rights> {
  return read(ctx, rightsOf);
}
