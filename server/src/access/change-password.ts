import { sentence } from '@kequn/rules';
import { recordAudit } from '../audit/audit.ts';
import { invalid, refused } from '../platform/refused.ts';
import { alone, write } from '../platform/transaction.ts';
import { inTurn, noteFailure, refuseTooMany } from './password-guesses.ts';
import { hashPassword, isPassword, passwordProblems } from './password.ts';
import { StoredSession } from './session.ts';
import { User } from './user.ts';
import type { Context } from './viewer.ts';

/**
 * Gives the signed-in user a new password and ends all sessions, this one too.
 *
 * @throws {Refused} VALIDATION_FAILED at `old` when it is not the present one, at `new` when it is too short or too long; RATE_LIMITED after as
 * many wrong ones as at signing in: who finds somebody's screen open is not to find out the password too.
 */
export async function changePassword(ctx: Context, oldPassword: string, newPassword: string): Promise<boolean> {
  const problems = passwordProblems('new', newPassword);
  const { user } = ctx.viewer;
  if (!(await isPresent(ctx, oldPassword))) {
    problems.push({
      path: 'old',
      code: 'INVALID',
      message: sentence('原密码不对', 'This is not the present password'),
    });
  }
  if (problems.length > 0) throw invalid(problems);
  const passwordHash = await hashPassword(newPassword);
  return write(ctx, async (tx) => {
    // Who got another one meanwhile, because somebody knew the former, must not lose it to that somebody.
    const changed = await tx.manager.update(User, { id: user.id, passwordHash: user.passwordHash }, { passwordHash });
    if (!changed.affected) throw refused('UNAUTHENTICATED');
    await tx.manager.delete(StoredSession, { userId: user.id });
    await recordAudit(tx, { action: 'user.password-changed', target: `user:${user.id}`, changes: {} });
    return true;
  });
}

function isPresent(ctx: Context, password: string): Promise<boolean> {
  const { email, passwordHash } = ctx.viewer.user;
  return inTurn(() =>
    alone(ctx, async (manager) => {
      const attempt = { ...ctx, manager };
      const now = await ctx.clock.now(manager);
      await refuseTooMany(attempt, email, now);
      const matches = await isPassword(password.slice(0, 1_000), passwordHash);
      if (!matches) await noteFailure(attempt, email, now);
      return matches;
    }),
  );
}
