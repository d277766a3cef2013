import { recordAudit } from '../audit/audit.ts';
import type { Transactional } from '../platform/context.ts';
import { write } from '../platform/transaction.ts';
import type { Role } from './role.ts';
import { roleToChange } from './save-role.ts';
import { newToken, Session, StoredSession, tokenHash } from './session.ts';
import type { Context } from './viewer.ts';

const HOUR_MS = 3_600_000;

/**
 * Opens a session that may only read, and only what a role may: to see what others see. It ends after an hour, and with the right to
 * manage roles. Needs MANAGE_ROLES; nobody sees by it what they do not see themselves.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND.
 */
export async function viewAs(ctx: Context, roleId: string): Promise<Session> {
  return write(ctx, async (tx) => {
    return openSession(tx, (await roleToChange(tx, roleId)).role);
  });
}

async function openSession(tx: Transactional<Context>, { id: roleId, name }: Role): Promise<Session> {
  const now = await tx.clock.now(tx.manager);
  const { user } = tx.viewer;
  const token = newToken();
  const expiresAt = new Date(Date.parse(now) + HOUR_MS).toISOString();
  const session = { tokenHash: tokenHash(token), userId: user.id, roleId, createdAt: now, lastUsedAt: now, expiresAt };
  await tx.manager.insert(StoredSession, session);
  await recordAudit(tx, { action: 'role.viewed', target: `role:${roleId}`, changes: { name } });
  return Object.assign(new Session(), { token, expiresAt, user });
}
