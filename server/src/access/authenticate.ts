import { ArrayContains, In, type EntityManager } from 'typeorm';
import type { RequestContext } from '../platform/context.ts';
import { alone } from '../platform/transaction.ts';
import { Role } from './role.ts';
import { tokenHash, sessionDays } from './session.ts';
import { User, UserRole } from './user.ts';
import type { Viewer } from './viewer.ts';

/** Whose session a token is, if it lasts and its user is active; null otherwise. Asked at every call, so that an end is one at once. */
export async function authenticate(ctx: RequestContext, token: string | undefined): Promise<Viewer | null> {
  if (token === undefined) return null;
  return alone(ctx, async (manager) => findViewer(manager, tokenHash(token), await ctx.clock.now(manager)));
}

async function findViewer(manager: EntityManager, hash: Buffer, now: string): Promise<Viewer | null> {
  const [session] = await manager.query<{ user_id: string; role_id: string | null; stale: boolean }[]>(
    `select user_id, role_id, last_used_at < $2::timestamptz - interval '1 minute' as stale
       from session
      where token_hash = $1 and expires_at > $2::timestamptz and last_used_at > $2::timestamptz - make_interval(days => $3)`,
    [hash, now, sessionDays.idle],
  );
  const user = session && (await manager.findOneBy(User, { id: session.user_id, active: true }));
  if (!session || !user) return null;
  // Once a minute is enough to tell idle sessions, and spares a write per call.
  if (session.stale) await manager.query('update session set last_used_at = $2 where token_hash = $1', [hash, now]);
  const held = await manager.findBy(UserRole, { userId: user.id });
  const roleIds = held.map(({ roleId }) => roleId);
  return session.role_id === null ? { user, roleIds } : viewingAs(manager, { user, roleIds }, session.role_id);
}

/** As a role sees only who still manages roles. */
async function viewingAs(manager: EntityManager, { user, roleIds }: Viewer, roleId: string): Promise<Viewer | null> {
  const managing = await manager.findBy(Role, { id: In(roleIds), capabilities: ArrayContains(['MANAGE_ROLES']) });
  return managing.length > 0 ? { user, roleIds: [roleId], viewsAs: true } : null;
}
