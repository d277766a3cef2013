import type { EntityManager } from 'typeorm';
import { limits } from '../platform/limits.ts';
import { refused } from '../platform/refused.ts';
import { alone } from '../platform/transaction.ts';
import { isPassword } from './password.ts';
import { newToken, Session, sessionDays, StoredSession, tokenHash } from './session.ts';
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

let last: Promise<unknown> = Promise.resolve();

/** One attempt after the other: a burst of guesses must not be counted only after all of them were tried. */
function inTurn<T>(attempt: () => Promise<T>): Promise<T> {
  const turn = last.then(attempt, attempt);
  last = turn.catch(() => undefined);
  return turn;
}

async function tryLogin(ctx: Attempt, email: string, password: string): Promise<Session> {
  const { manager } = ctx;
  const now = await ctx.clock.now(manager);
  await refuseTooMany(ctx, email, now);
  const user = await manager.findOneBy(User, { email });
  if (!(await isPassword(password.slice(0, 1_000), user?.active ? user.passwordHash : undefined)) || !user) {
    await noteFailure(ctx, email, now);
    throw refused('UNAUTHENTICATED');
  }
  return openSession(ctx, user, now);
}

async function refuseTooMany(ctx: Attempt, email: string, now: string): Promise<void> {
  const [row] = await ctx.manager.query<{ failures: number }[]>(
    `select greatest(count(*) filter (where email = $1), count(*) filter (where address = $2)) as failures
       from login_failure where at > $3::timestamptz - interval '10 minutes' and (email = $1 or address = $2)`,
    [email, ctx.address, now],
  );
  if ((row?.failures ?? 0) >= limits.loginFailures) throw refused('RATE_LIMITED', { retryAfter: 600 });
}

/** Failures that count no more are dropped by those that come after them. */
async function noteFailure(ctx: Attempt, email: string, now: string): Promise<void> {
  await ctx.manager.query(
    `with old as (delete from login_failure where at <= $3::timestamptz - interval '10 minutes')
     insert into login_failure (email, address, at) values ($1, $2, $3)`,
    [email, ctx.address, now],
  );
}

async function openSession(ctx: Attempt, user: User, now: string): Promise<Session> {
  const token = newToken();
  const expiresAt = new Date(Date.parse(now) + sessionDays.longest * DAY_MS).toISOString();
  const stored = { tokenHash: tokenHash(token), userId: user.id, createdAt: now, lastUsedAt: now, expiresAt };
  await ctx.manager.insert(StoredSession, stored);
  ctx.session.keep(token, expiresAt);
  return Object.assign(new Session(), { token, expiresAt, user });
}
