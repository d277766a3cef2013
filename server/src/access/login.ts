import type { EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.ts';
import { refused } from '../platform/refused.ts';
import { alone } from '../platform/transaction.ts';
import { inTurn, noteFailure, refuseTooMany } from './password-guesses.ts';
import { isPassword } from './password.ts';
import { newToken, Session, sessionDays, tokenHash } from './session.ts';
import { User } from './user.ts';
import type { AnyContext } from './viewer.ts';

const DAY_MS = 86_400_000;

/**
 * Signs in. An unknown e-mail, a wrong password and a deactivated user are answered alike and in the same time.
 *
 * @throws {Refused} UNAUTHENTICATED; RATE_LIMITED after ten failures in ten minutes for that e-mail or address.
 */
export function login(ctx: AnyContext, email: string, password: string): Promise<Session> {
  // Postgres stores no NUL; nobody's e-mail holds one.
  const asStored = email.replaceAll('\0', '\uFFFD').trim().toLowerCase().slice(0, 254);
  return inTurn(() => alone(ctx, (manager) => tryLogin({ ...ctx, manager }, asStored, password)));
}

/** A context with the connection of the attempt. */
type Attempt = AnyContext & { readonly manager: EntityManager };

async function tryLogin(ctx: Attempt, email: string, password: string): Promise<Session> {
  const { manager } = ctx;
  const now = await ctx.clock.now(manager);
  await refuseTooMany(ctx, email, now);
  const user = await manager.findOneBy(User, { email });
  const matches = await isPassword(password.slice(0, 1_000), user?.active ? user.passwordHash : undefined);
  const session = matches && user ? await openSession(ctx, user, now) : undefined;
  if (session) return session;
  await recordAudit(ctx, {
    action: 'user.sign-in-refused',
    target: `email:${Buffer.from(email).toString()}`,
    changes: {},
  });
  await noteFailure(ctx, email, now);
  throw refused('UNAUTHENTICATED');
}

/**
 * Opens a session, unless the user got a new password or was deactivated since the password was compared: the share lock waits for
 * whoever is doing that and then sees it, or makes them wait and end this session too.
 */
async function openSession(ctx: Attempt, user: User, now: string): Promise<Session | undefined> {
  const token = newToken();
  const expiresAt = new Date(Date.parse(now) + sessionDays.longest * DAY_MS).toISOString();
  const opened = await ctx.manager.query<unknown[]>(
    `insert into session (token_hash, user_id, created_at, last_used_at, expires_at)
     select $1, id, $2, $2, $3 from app_user where id = $4 and active and password_hash = $5 for share
     returning user_id`,
    [tokenHash(token), now, expiresAt, user.id, user.passwordHash],
  );
  if (opened.length === 0) return undefined;
  await recordAudit({ ...ctx, actorId: user.id }, { action: 'user.signed-in', target: `user:${user.id}`, changes: {} });
  ctx.session.keep(token, expiresAt);
  return Object.assign(new Session(), { token, expiresAt, user });
}
