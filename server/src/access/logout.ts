import { alone } from '../platform/transaction.ts';
import { StoredSession, tokenHash } from './session.ts';
import type { AnyContext } from './viewer.ts';

/** Ends the session that the call came with, at once. */
export async function logout(ctx: AnyContext): Promise<boolean> {
  const { token } = ctx.session;
  if (token) await alone(ctx, (manager) => manager.delete(StoredSession, { tokenHash: tokenHash(token) }));
  // Who has looked on as a role goes on in the session of their own, which the browser keeps.
  if (!ctx.viewer?.viewsAs) ctx.session.forget();
  return true;
}
